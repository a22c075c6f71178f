import Ground
import LDAP

/// What reads octets that come from outside: of a server, a CA, a file, a row that somebody may have
/// changed.
enum Parser: String, CaseIterable, Sendable {
    // Of a directory, or of the configuration.
    case dn, filter, url, schema, time, sid, entryID
    // Of content synchronization and its like.
    case cookie, sync, startTLS, ldif
    // Files.
    case yaml, csv, pem, template
    // Of a CA, or of an entry.
    case certificate, crl, ocsp
    // Of the store.
    case json, journal

    /// What is wrong with what was read: whatever the octets are, it must be nil.
    func fault(_ octets: [UInt8]) -> String? {
        switch self {
        case .dn: Self.dn(octets)
        case .filter: Self.filter(octets)
        case .url: Self.url(octets)
        case .schema: Self.schema(octets)
        case .time: Self.time(octets)
        case .sid: Self.sid(octets)
        case .entryID: Self.entryID(octets)
        case .cookie: Self.cookie(octets)
        case .sync: Self.sync(octets)
        case .startTLS: Self.startTLS(octets)
        case .ldif: Self.ldif(octets)
        case .yaml: Self.yaml(octets)
        case .csv: Self.csv(octets)
        case .pem: Self.pem(octets)
        case .template: Self.template(octets)
        case .certificate: Self.certificate(octets)
        case .crl: Self.crl(octets)
        case .ocsp: Self.ocsp(octets)
        case .json: Self.json(octets)
        case .journal: Self.journal(octets)
        }
    }

    static func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    /// That what was written of a value reads as that value again.
    static func sameAgain<Value: Equatable>(
        _ value: Value?, _ written: (Value) -> String, _ read: (String) -> Value?
    ) -> String? {
        guard let value else { return nil }
        let text = written(value)
        return read(text) == value ? nil : "it is written as what reads otherwise: \(text)"
    }
}
