internal import LDAP
internal import LDAPClient

/// How far the changes of one domain controller were followed.
struct ChangeNumberCookie: Equatable {
    /// The database that the number counts the writes of: another one after a restore.
    let invocation: String
    /// Everything that was written with it or before it is stored.
    let number: Int64

    /// How far the server had come when the session was opened; nil: it does not say.
    init?(_ session: borrowing DirectorySession) throws(LDAPFailure) {
        let rootDSE = session.rootDSE
        guard let number = rootDSE.first("highestCommittedUSN").flatMap({ Int64($0) }),
            let service = rootDSE.first("dsServiceName").flatMap({ DN($0) }),
            let value = try session.entry(at: service, attributes: [.invocationId])?[
                .invocationId
            ].first, let id = EntryID(value, dialect: .activeDirectory)
        else { return nil }
        invocation = id.text
        self.number = number
    }

    init?(_ octets: [UInt8]) {
        let parts = String(decoding: octets, as: UTF8.self).split(separator: ";")
        guard parts.count == 2, let number = Int64(parts[1]) else { return nil }
        invocation = String(parts[0])
        self.number = number
    }

    var octets: [UInt8] { Array("\(invocation);\(number)".utf8) }
}

extension AttributeName {
    /// [MS-ADA1]: names the database that the numbers are of.
    fileprivate static let invocationId = AttributeName(trusted: "invocationId")
}
