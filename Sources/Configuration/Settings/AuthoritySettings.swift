/// A CA that issued certificates, as `authorities` names it; its files are not looked at here.
package struct AuthoritySettings: Sendable {
    /// How a CA is told of revocations.
    package struct Tell: Sendable {
        package var way: Way
        /// Whether the CA knows certificateHold.
        package var holds: Bool
    }

    package enum Way: Sendable {
        /// Seconds that one request may take, looking at what has become of it included.
        package static let patience: Int64 = 30

        case cmp(CMPSettings)
        /// A program, its path absolute, and its arguments.
        case program([String])
    }

    /// Where a CA says what is revoked; one of both at least.
    package struct See: Sendable {
        /// Addresses (`http://`, `https://`) and absolute paths, which are read together.
        package var lists: [String]
        package var responder: String?
    }

    package var name: String
    /// Absolute path of the issuing CA's certificate.
    package var certificate: String
    /// nil: it is not told.
    package var tell: Tell?
    /// nil: nobody looks.
    package var see: See?
    /// Seconds after which what was told and not seen needs a person.
    package var within: Int64

    /// Where in the file it stands, for sentences: `authorities.staff-ca`.
    package var key: String { "authorities.\(name)" }
}

package struct CMPSettings: Sendable {
    /// By what our requests are protected; paths are absolute.
    package enum Protection: Sendable {
        case signature(certificate: String, key: String)
        case secret(file: String, reference: String)
    }

    package var uri: String
    package var protection: Protection
    package var trust: String
}

extension AuthoritySettings {
    init?(_ field: Field, name: String) {
        guard field.checkName(name), let section = Section(field) else { return nil }
        let certificate = section.field("certificate")?.path()
        let tell = section.field("tell").map(Tell.init)
        let see = section.field("see").map(See.init)
        let within = section.field("within")?.duration()
        guard let certificate, let within else { return nil }
        // One that could not be read was reported, and is not "none".
        if case .some(.none) = tell { return nil }
        if case .some(.none) = see { return nil }
        self.init(
            name: name, certificate: certificate, tell: tell ?? nil, see: see ?? nil,
            within: within)
    }
}

extension AuthoritySettings.Tell {
    /// Exactly one of cmp and run.
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let holds = section.field("holds")?.boolean()
        let cmp = section.field("cmp")
        let program = section.field("run")
        if cmp == nil, program == nil {
            field.reject("says neither cmp nor run; write one of them, or leave tell out")
        }
        if cmp != nil { program?.reject("does not go with cmp; leave one of the two out") }
        let way =
            cmp.flatMap(CMPSettings.init).map { AuthoritySettings.Way.cmp($0) }
            ?? program?.program().map { .program($0) }
        guard let holds, let way else { return nil }
        self.init(way: way, holds: holds)
    }
}

extension AuthoritySettings.See {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let lists = section.field("crl")?.oneOrMore()
        let responder = section.field("ocsp")
        if lists == nil, responder == nil {
            field.reject("says neither crl nor ocsp; write one of them, or leave see out")
            return nil
        }
        let sources = (lists ?? []).readAll { $0.location() }
        let address = responder?.webAddress()
        guard let sources, responder == nil || address != nil else { return nil }
        self.init(lists: sources, responder: address)
    }
}

extension CMPSettings {
    /// Exactly one of certificate with key, and reference with secretFile.
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let uri = section.field("uri")?.webAddress()
        let trust = section.field("trust")?.path()
        let protection = Protection(section)
        guard let uri, let trust, let protection else { return nil }
        self.init(uri: uri, protection: protection, trust: trust)
    }
}

extension CMPSettings.Protection {
    fileprivate init?(_ section: Section) {
        let pairs = [("certificate", "key"), ("reference", "secretFile")]
        let given = pairs.filter { section.has($0.0) || section.has($0.1) }
        guard let pair = given.first else {
            section.field.reject(
                "says neither certificate and key nor reference and secretFile; "
                    + "write one pair of them")
            return nil
        }
        guard given.count == 1 else {
            let extra = section.has("secretFile") ? "secretFile" : "reference"
            section.field(extra)?.reject(
                "does not go with a certificate and key: requests are signed, or protected by a "
                    + "secret; leave one of the two out")
            return nil
        }
        for (there, missing) in [pair, (pair.1, pair.0)]
        where section.has(there) && !section.has(missing) {
            section.field(there)?.reject("stands here without \(missing); write both")
            return nil
        }
        if pair.0 == "certificate" {
            let certificate = section.field("certificate")?.path()
            let key = section.field("key")?.path()
            guard let certificate, let key else { return nil }
            self = .signature(certificate: certificate, key: key)
        } else {
            let reference = section.field("reference")?.text()
            let file = section.field("secretFile")?.path()
            guard let reference, let file else { return nil }
            self = .secret(file: file, reference: reference)
        }
    }
}
