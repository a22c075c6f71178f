internal import Ground

/// A content synchronization cookie as OpenLDAP writes it: `rid=000,sid=001,csn=CSN;CSN`.
///
/// Other servers' have other forms and mean nothing to anybody but them.
package struct SyncCookie: Hashable, Sendable {
    /// Of the replica that asked; 0 for clients that are none.
    package let replicaID: Int?
    /// Of the server that answered; nil where it has none of its own.
    package let serverID: Int?
    /// Empty where the server knows of no change yet.
    package let contextCSN: ContextCSN

    /// nil for anything else: an empty cookie, one of another server, garbage.
    package init?(_ octets: [UInt8]) {
        guard let text = String(validating: octets, as: UTF8.self) else { return nil }
        var fields: [Substring: Substring] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let sign = part.firstIndex(of: "=") else { return nil }
            let value = part[part.index(after: sign)...]
            guard fields.updateValue(value, forKey: part[..<sign]) == nil else { return nil }
        }
        guard let csn = fields["csn"] ?? (fields["rid"] == nil ? nil : ""),
            let rid = Self.number(fields["rid"], radix: 10),
            let sid = Self.number(fields["sid"], radix: 16),
            let numbers = csn.isEmpty ? ContextCSN([] as [CSN]) : ContextCSN(csn)
        else { return nil }
        replicaID = rid
        serverID = sid
        contextCSN = numbers
    }

    /// The inner nil is a field that is not there, the outer one a field that is no number.
    private static func number(_ text: Substring?, radix: Int) -> Int?? {
        guard let text else { return .some(nil) }
        guard (1...3).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
            let value = Int(text, radix: radix)
        else { return nil }
        return value
    }
}
