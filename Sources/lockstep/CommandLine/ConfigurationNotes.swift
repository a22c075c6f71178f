/// What lockstep.yaml(5) says beside the keys: a chapter a subject, in paragraphs.
struct ConfigurationNotes {
    let heading: String
    let paragraphs: [String]

    private init(_ heading: String, _ paragraphs: String...) {
        self.heading = heading
        self.paragraphs = paragraphs
    }

    static let all = [
        passwords, people, reasons, enforcement, reading, absence, limits, certificates, telling,
        receivers, follow, keeping,
    ]

    private static let passwords = ConfigurationNotes(
        "Passwords",
        """
        A password stands in a file that others can't read (bind.passwordFile), in the file that \
        LOCKSTEP_PASSWORD_FILE names where there is one directory, or is asked for (bind.password: \
        ask). It is never in the store, a log, an error, the arguments or environment of a process, \
        or a core dump.
        """,
        """
        Under systemd, LoadCredential= hands it over: passwordFile: \
        /run/credentials/lockstep-sync.service/NAME, or LOCKSTEP_PASSWORD_FILE=%d/NAME, as the unit \
        does that comes with Lockstep.
        """)

    private static let people = ConfigurationNotes(
        "Entries and users",
        """
        users.map takes a property from an attribute, from the first of several that has a value, or \
        from a template: "{givenName} {sn}". A template of which a part has no value has none.
        """,
        """
        A user is the entry's immutable id: a rename stays the same user, a new entry under an old \
        name is a new one. An entry that can't be a user is rejected, with its reason, and stops \
        nobody else.
        """)

    private static let reasons = ConfigurationNotes(
        "Reasons",
        """
        A reason says what it may be given for, how certificates are revoked, what a lock writes to \
        the entry, and what in an entry means that somebody has already locked the person there. \
        'lockstep reasons show CODE --user ada' prints the very LDIF that locking Ada would send.
        """,
        """
        {ifClass: posixAccount, value: /usr/sbin/nologin} under write is written to entries of that \
        object class alone, so that one reason serves a mixed directory.
        """,
        """
        A reason that was once used is never lost: each process keeps its code and text as they were.
        """)

    private static let enforcement = ConfigurationNotes(
        "Written is not enforced",
        """
        An OpenLDAP server without a password policy takes a lock and lets the person in all the \
        same. Where canary names an account of no person, 'lockstep check' proves what the server \
        does: the canary binds, is locked, is refused, is given back, binds. It is given back before \
        Ctrl-C is obeyed, and after a crash by the next check or sync. A proof counts for a week, for \
        people under the same policy; a lock's report says where there is none.
        """)

    private static let reading = ConfigurationNotes(
        "How changes are found",
        """
        Only what changed is read where the server can tell. sync.strategy: auto takes the best that \
        it offers: syncrepl (RFC 4533: OpenLDAP with syncprov, 389 with content sync), dirsync \
        (Active Directory), modifyTimestamp with a comparison of all ids, or full. 'lockstep check' \
        names the one in use.
        """,
        """
        With --quiet a run in which nothing happened says nothing. What needs a person is told once, \
        again after a day, and when it is over; the exit code tells of it each time.
        """)

    private static let absence = ConfigurationNotes(
        "Who is gone",
        """
        Who is gone is believed only of a server that has caught up with what was seen before, and \
        where a search by id finds an entry that was read for the purpose. A read that could not \
        decide leaves a note in the store, and the next one that can compares all ids.
        """,
        """
        On Active Directory deletions are told only to who may list CN=Deleted Objects; without that \
        right all ids are compared whenever the domain controller has written anything.
        """)

    private static let limits = ConfigurationNotes(
        "Limits",
        """
        An entry that is missing, disabled, enabled again or that carries a recognised reason changes \
        its user through the same processes as an operator's. More of them within 24 hours than \
        limits allows, and nobody's state changes: the run ends with 11, shows whom it would have \
        changed, and keeps that as a plan, which 'lockstep sync --release PLAN' carries out once, \
        after you have looked.
        """,
        """
        limits.groups does the same for role groups that vanish or whose members can't be read any \
        more: no role is withdrawn for them. More entries that can't be users than limits.rejected, \
        and the run ends with 75.
        """)

    private static let certificates = ConfigurationNotes(
        "Certificates and their CAs",
        """
        authorities.NAME.certificate alone says which certificates that CA signed. One that names it \
        and that it did not sign is unverified: status shows it, it is revoked here, and no CA is \
        told of it. After a CA's key was renewed, name both of its certificates, each as an authority \
        of its own.
        """,
        """
        see is where the CA's own word is read. What it revoked, put on hold or released by itself \
        the next sync takes over, with its reason and time: from each list when that has ended or was \
        read an hour ago, else from the OCSP responder, 500 certificates a run. A list over HTTP is \
        DER, in a file it is DER or PEM; delta and indirect lists are refused. A list that is forged, \
        has ended or is older than one that was read before changes nothing and needs a person. So \
        does what the CA was told and is not seen to say within the time that within gives. A CA that \
        can't be followed is tried again after half a minute, then after twice as long each time, each \
        hour in the end; 'lockstep authorities' says when. A CA with another certificate is another \
        one, whatever it is named: its lists count anew.
        """,
        """
        'lockstep authorities' shows how old everything is, and 'lockstep check' tries all of it \
        without revoking anything. Proxies are not supported, and the variables that name one are not \
        read. A list of a million entries (49 MB) takes a second of the processor, ten where 100,000 \
        certificates are known, and, while it is read, 510 MB of memory, which libcrypto needs.
        """)

    private static let telling = ConfigurationNotes(
        "Telling a CA",
        """
        EJBCA, and others that speak CMP (RFC 4210): make a CMP alias in RA mode that takes signed \
        requests, and a role for our certificate that may revoke and nothing else; the alias is the \
        end of uri. With the authentication module HMAC give reference and secretFile instead. Where \
        the CA knows no hold: holds: false.
        """,
        """
        openssl ca, or something with an interface of its own: tell: {run: [/absolute/path, ...]}, a \
        program that is called for each request with JSON on its standard input, and ends with 0 for \
        done, 75 for later, anything else for refused.
        """,
        """
        A CA that nothing can tell: leave tell out. 'lockstep certificates --revoked --since 1d \
        --json' is the list to hand over, each certificate once, without what that CA did not sign.
        """,
        """
        What was revoked before anybody told the CA no sync tells it of: 'lockstep authorities', status \
        and check say how many certificates that is, and 'lockstep retry' tells it.
        """)

    private static let receivers = ConfigurationNotes(
        "Receivers",
        """
        Each is called once the directory's steps were tried, whatever became of them, with one JSON \
        document on its standard input and LOCKSTEP_EVENT in its environment. Exit 0 is done; 75 is \
        later; anything else has failed, and the first line of its standard error says why. At \
        timeout it is ended with all that it started. What it has not heard is tried again, after 30 \
        seconds and then ever more seldom, an hour at most: by each sync, which gives receivers a \
        minute at its end, or at once by 'lockstep retry'.
        """,
        """
        Nothing is lost: what a receiver is to hear is written down with the process. After a crash \
        between its end and ours it hears of the same event again; the document's event is the key by \
        which it knows. It is called once at a time, the oldest event first that is due. What an \
        older process of a user has not delivered, the next one of that user takes over.
        """,
        """
        A lock waits for its receivers; a list locks all its people first, and then tells. Nobody \
        hears of an unlock before the directory has taken a step of it: until then it may be refused.
        """,
        """
        Root or the store's owner must own the program and every folder on the way to it, and nobody \
        else may write them: else a command that would call it ends with 78, before anything is done. \
        It gets no shell, no secret, and no descriptor but the three and one on itself. Take a \
        receiver out of the configuration only when nothing waits for it.
        """)

    private static let follow = ConfigurationNotes(
        "Follow",
        """
        'lockstep follow' stays connected and runs the same sync of a directory as soon as the server \
        tells of a change: OpenLDAP and 389 tell it through content sync, Active Directory's number \
        of the last change is looked at every two seconds, and any other server is read every \
        sync.every. What waits for another try is tried when it is due. A server that is down is \
        waited for. One that hangs is found within a minute, and so is one that shows nobody any more, \
        because the right to read was taken away: nobody is taken for gone then. sync, lock and retry \
        work beside it, and cron alone stays enough.
        """)

    private static let keeping = ConfigurationNotes(
        "The store",
        """
        It belongs to the configuration that made it. A command that writes under another one ends \
        with 78, until somebody with the right force under the first one says 'lockstep store adopt \
        --because TEXT'.
        """,
        """
        A store that was restored from a backup is noticed, on this machine or another: by \
        STORE.head, which knows how far the audit log had come, or by the want of it, and by the \
        copy, which says that it is one. Every command that writes exits 74 until 'lockstep store \
        adopt --because TEXT'. Then nothing of before is sent any more, everything is read anew, and \
        the first sync that finds drift stops with a plan of it. Adopting is also the way out after a \
        run under a clock that was ahead: until then no sync changes anybody's state.
        """)
}
