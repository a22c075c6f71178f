internal import Identity

extension CommandDescription {
    /// Credentials and certificates.
    static let keys = [
        credentials, credentialAdd, credentialImport, credentialLock, certificates,
        certificateImport, certificateEscalate, authorities,
    ]

    private static let credentials = CommandDescription(
        name: .credentials, standing: .built, chapter: .keys,
        summary: "List credentials",
        arguments: [.owner],
        examples: [
            Example("lockstep credentials ada", "Lists Ada's cards and tokens."),
            Example("lockstep credentials", "Lists everybody's."),
        ],
        exits: [.refused, .noUser, .store])

    private static let credentialAdd = CommandDescription(
        name: .credentialAdd, standing: .built, chapter: .keys,
        summary: "Add a credential to a user",
        arguments: [
            ArgumentDescription(
                .user, .known(.users), "Username, mail address, employee number, id or DN.")
        ],
        options: [
            OptionDescription(
                .kind, "KIND", .word(of: CredentialKind.self), required: true, "What it is."),
            OptionDescription(.serial, "SERIAL", .text, required: true, "Its serial."),
            OptionDescription(
                .credentialState, "STATE", .word(of: CredentialState.self),
                "Its state; active when none is given."),
        ],
        examples: [
            Example(
                "lockstep credential add ada --kind card --serial C-1001",
                "Ada holds the card C-1001.")
        ],
        details: ["A locked user gets no active or requested credential."],
        exits: [.refused, .noUser, .store, .permission])

    private static let credentialImport = CommandDescription(
        name: .credentialImport, standing: .built, chapter: .keys,
        summary: "Add the credentials of a CSV file",
        arguments: [ArgumentDescription(.file, .file, "The CSV file.")],
        examples: [
            Example("lockstep credential import cards.csv", "Adds all its rows, or none.")
        ],
        details: [
            "The file's first line is user,kind,serial,state,certificate. A certificate is empty, "
                + "or a PEM file beside the CSV file. When a row is bad nothing is added, and every "
                + "bad row is named."
        ],
        exits: [.refused, .store, .permission])

    private static let credentialLock = CommandDescription(
        name: .credentialLock, standing: .built, chapter: .keys,
        summary: "Lock one credential, and revoke its certificates",
        arguments: [ArgumentDescription(.serial, .known(.serials), "The credential's serial.")],
        options: [
            OptionDescription(
                .reason, "CODE", .known(.reasons), required: true,
                "Why: a code that 'reasons' lists."),
            .holder, .sort,
            OptionDescription(.yes, short: "y", "Do not ask."),
        ],
        examples: [
            Example(
                "lockstep credential lock C-1001 --reason compromised",
                "Locks a lost card; its holder stays as they are.")
        ],
        exits: [.cancelled, .refused, .store, .permission])

    private static let certificates = CommandDescription(
        name: .certificates, standing: .built, chapter: .keys,
        summary: "List certificates",
        arguments: [.owner],
        options: [
            OptionDescription(.revoked, "Only those that are revoked."),
            OptionDescription(
                .since, "TIME", .time(ago: true),
                "Only those revoked since then: a time, a date (in UTC), or 7d for seven days."),
        ],
        examples: [
            Example("lockstep certificates ada", "Lists Ada's certificates."),
            Example(
                "lockstep certificates --revoked --since 7d --json",
                "The list to hand to the CA, which must revoke them too."),
        ],
        details: [
            "A certificate that several people have is listed once. It is disputed where different "
                + "certificates of several people claim its issuer and serial: the CA must go by the "
                + "fingerprint then, which --json shows. It is unverified where it names a CA of the "
                + "configuration that did not sign it: --revoked leaves it out. One whose reason became "
                + "keyCompromise is listed since that time, too. Told and seen: its CA was told, or says "
                + "so itself."
        ],
        exits: [.refused, .noUser, .store])

    private static let certificateImport = CommandDescription(
        name: .certificateImport, standing: .built, chapter: .keys,
        summary: "Add a certificate to a credential",
        arguments: [ArgumentDescription(.file, .file, "The certificate, PEM.")],
        options: [
            OptionDescription(
                .credential, "SERIAL", .known(.serials), required: true, "The credential's serial."),
            .holder, .sort,
            OptionDescription(
                .move, "Take it from the credential that carries it, if another one does."),
            OptionDescription(
                .certificateState, "STATE", .word(["valid", "onHold", "revoked"]),
                "What the CA has made of it; left out: a new one is valid, a known one stays."),
            OptionDescription(
                .revocation, "REASON", .word(revocations),
                "Why it was revoked: a name of RFC 5280."),
            OptionDescription(
                .at, "TIME", .time(ago: false), "When it was revoked, or put on hold."),
        ],
        rules: [
            .valueNeeds(.option(.certificateState), value: "onHold", .option(.at)),
            .valueNeeds(.option(.certificateState), value: "revoked", .option(.revocation)),
            .valueNeeds(.option(.certificateState), value: "revoked", .option(.at)),
            .onlyWith(.option(.revocation), .option(.certificateState), values: ["revoked"]),
            .onlyWith(.option(.at), .option(.certificateState), values: ["onHold", "revoked"]),
        ],
        examples: [
            Example(
                "lockstep certificate import ada.pem --credential C-1001",
                "The card C-1001 carries this certificate."),
            Example(
                "lockstep certificate import old.pem --credential C-1001 --state revoked "
                    + "--reason superseded --at 2026-03-01",
                "It was revoked on the first of March."),
        ],
        details: [
            "A certificate is one thing, whoever has it: revoked for one is revoked for all, and the "
                + "first revocation stays. It is on one credential. Certificates of CAs in the file are "
                + "named and left out. On a locked credential nothing comes alive."
        ],
        exits: [.refused, .store, .permission])

    private static let certificateEscalate = CommandDescription(
        name: .certificateEscalate, standing: .built, chapter: .keys,
        summary: "Change a revocation's reason to keyCompromise",
        arguments: [
            ArgumentDescription(.certificateSerial, .serial, "The certificate's serial.")
        ],
        options: [
            OptionDescription(
                .revocation, "REASON", .word(RevocationReason.ours.map(\.rawValue)),
                required: true, "keyCompromise; every other change is refused."),
            OptionDescription(
                .issuer, "DN", .text, "Its issuer, where certificates share the serial."),
            OptionDescription(
                .user, "USER", .known(.users),
                "Whose it is, where different certificates claim issuer and serial."),
        ],
        examples: [
            Example(
                "lockstep certificate escalate 1A2B3C --reason keyCompromise",
                "Keeps the time of the revocation, and changes its reason.")
        ],
        exits: [.refused, .store, .permission])

    private static let authorities = CommandDescription(
        name: .authorities, standing: .built, chapter: .keys,
        summary: "Show what the CAs were told, and what they say",
        examples: [
            Example("lockstep authorities", "Shows each CA of the configuration."),
            Example("lockstep authorities --json", "For a program."),
        ],
        details: [
            "A certificate belongs to the authority whose key verifies it. What an authority was told is "
                + "seen once its own list or responder says so. A sync reads each list when it is due, "
                + "and takes over what the CA revoked, held or released by itself."
        ],
        exits: [.store, .configuration])

    /// A hold is a state of its own.
    private static let revocations = RevocationReason.ours.filter { $0 != .certificateHold }
        .map(\.rawValue)
}

extension ArgumentDescription {
    fileprivate static let owner = ArgumentDescription(
        .user, .known(.users), required: false, "Only this user's.")
}

extension OptionDescription {
    fileprivate static let holder = OptionDescription(
        .user, "USER", .known(.users), "The holder, where credentials share the serial.")
    fileprivate static let sort = OptionDescription(
        .kind, "KIND", .word(of: CredentialKind.self),
        "Its kind, where credentials share the serial.")
}
