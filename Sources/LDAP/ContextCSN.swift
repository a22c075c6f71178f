/// How far an OpenLDAP server has come: the newest change that it has of each server's.
package struct ContextCSN: Hashable, Sendable, CustomStringConvertible {
    private var newest: [Int: CSN]

    /// Of several of one server the newest counts.
    package init(_ numbers: some Sequence<CSN>) {
        newest = Dictionary(numbers.map { ($0.serverID, $0) }, uniquingKeysWith: max)
    }

    /// The values of `contextCSN`; nil where one of them is none.
    package init?(_ values: [AttributeValue]) {
        let numbers = values.compactMap { $0.text.flatMap { CSN($0) } }
        guard numbers.count == values.count else { return nil }
        self.init(numbers)
    }

    /// What ``description`` gave; also the `csn` of a cookie.
    package init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { CSN(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == parts.count else { return nil }
        self.init(numbers)
    }

    /// In the order of the servers' ids, with `;` between.
    package var description: String { numbers.map(\.text).joined(separator: ";") }

    package var numbers: [CSN] { newest.sorted { $0.key < $1.key }.map(\.value) }

    package subscript(serverID id: Int) -> CSN? { newest[id] }

    /// Whether it has everything that `other` has: for each server id at least as new a change.
    ///
    /// A server whose contextCSN is older than one seen before lags behind, or has lost writes.
    package func isNotOlder(than other: ContextCSN) -> Bool {
        other.newest.allSatisfy { id, seen in newest[id].map { $0 >= seen } ?? false }
    }
}
