internal import Configuration
internal import LDAP
internal import LDAPClient

/// Where requests go: whose directory, at which server, and who is told of them.
struct RequestPlace {
    let settings: DirectorySettings
    let url: LDAPURL
    let watch: RequestWatch
    private let words: String

    init(_ settings: DirectorySettings, _ url: LDAPURL, _ watch: RequestWatch) {
        self.settings = settings
        self.url = url
        self.watch = watch
        words = "\(settings.name), \(url)"
    }

    /// The one place where a failure of the connection becomes the directory's.
    func asked<T: ~Copyable>(
        _ request: () throws(LDAPFailure) -> T
    ) throws(DirectoryFailure) -> T {
        watch.begin?(words)
        defer { watch.end?() }
        do throws(LDAPFailure) {
            return try request()
        } catch { throw DirectoryFailure(settings.name, error) }
    }

    /// `extensions`: what `ldapsearch -E` takes for the controls that go with it.
    func tellSearch(
        _ base: DN, _ scope: SearchScope, _ filter: Filter, _ attributes: [AttributeName],
        sizeLimit: Int = 0, extensions: [String] = [], controls: [Control] = []
    ) {
        guard let tell = watch.tell else { return }
        var command = ["ldapsearch", "-LLL", "-o", "ldif-wrap=no"] + connecting
        if sizeLimit > 0 { command += ["-z", String(sizeLimit)] }
        for control in controls {
            command +=
                control.oid == Control.manageDSAIT.oid
                ? ["-M"] : ["-E", (control.isCritical ? "!" : "") + control.oid]
        }
        for name in extensions { command += ["-E", name] }
        command += ["-b", base.text, "-s", scope == .subtree ? "sub" : scope.rawValue]
        command.append(filter.description)
        // RFC 4511, 4.5.1.8: no attribute at all.
        command += attributes.isEmpty ? ["1.1"] : attributes.map(\.spelling)
        let ca = settings.tls.ca.map { "LDAPTLS_CACERT=\(Self.quoted($0)) " } ?? ""
        tell(words, .search(ca + command.map(Self.quoted).joined(separator: " ")))
    }

    func tellChange(_ asserting: Filter?, _ write: (inout LDIF) -> Void) {
        guard let tell = watch.tell else { return }
        var ldif = LDIF()
        if let asserting { ldif.comment("only where \(asserting)") }
        write(&ldif)
        tell(words, .change(ldif.text))
    }

    /// As the bind of the configuration; the password is asked for.
    private var connecting: [String] {
        let startTLS = settings.tls.starttls && url.scheme == .ldap ? ["-ZZ"] : []
        let bind =
            switch settings.bind {
            case .simple(let dn, _, _): ["-x", "-D", dn.text, "-W"]
            case .external: ["-Q", "-Y", "EXTERNAL"]
            case .gssapi: ["-Q", "-Y", "GSSAPI"]
            }
        return ["-H", url.uri] + startTLS + bind
    }

    /// A word of a shell's command line.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { octet in
                octet.isASCIIAlphanumeric || "-_./:=,+@%".utf8.contains(octet)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
