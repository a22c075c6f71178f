package import Ground

/// How far a server has come: the newest change that it has of each server's.
package struct ContextCSN: Hashable, Sendable, CustomStringConvertible {
    private var newest: [Int: CSN]
    /// Of 389: the replicas that it names without a change of theirs; it waits for those, or they wrote nothing.
    private var silent: Set<Int> = []
    /// Of 389: when the data was made that all changes since stand on (its replica generation).
    private var begun: Timestamp?

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

    /// The values of 389's `nsds50ruv`, its replica update vector; nil where none names a replica.
    ///
    /// `{replica 1 ldap://host:389} 65ba3780000000010000 65ba3999000000010000`: of each replica its first
    /// change and its newest, neither where it has written nothing; and `{replicageneration}`.
    package init?(updateVector values: [AttributeValue]) {
        self.init([CSN]())
        for text in values.compactMap(\.text) {
            let parts = text.split(separator: "}", maxSplits: 1)
            let fields = (parts.dropFirst().first ?? "").split(separator: " ")
            if parts.first == "{replicageneration" {
                begun = fields.first.flatMap { CSN($0) }?.time
                continue
            }
            guard let name = parts.first, name.hasPrefix("{replica "),
                let id = name.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
            else { continue }
            guard fields.count > 1 else {
                silent.insert(id)
                continue
            }
            guard let number = CSN(fields[1]) else { return nil }
            newest[number.serverID] = newest[number.serverID].map { max($0, number) } ?? number
        }
        guard !newest.isEmpty || !silent.isEmpty else { return nil }
    }

    /// What ``description`` gave; also the `csn` of a cookie.
    package init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { CSN(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == parts.count else { return nil }
        self.init(numbers)
    }

    /// The changes in the order of the servers' ids, with `;` between.
    package var description: String { numbers.map(\.text).joined(separator: ";") }

    package var numbers: [CSN] { newest.sorted { $0.key < $1.key }.map(\.value) }

    package subscript(serverID id: Int) -> CSN? { newest[id] }

    /// Without the servers that `other` does not know at all and that had written nothing since `time`,
    /// and without those of another product than those of `other`.
    package func without(unknownTo other: ContextCSN, writtenBefore time: Timestamp) -> ContextCSN {
        ContextCSN(
            ofProduct(of: other).numbers.filter { number in
                other.isToHave(number) || number.time.map { $0 >= time } ?? true
            })
    }

    /// Whether it knows the server whose change this is.
    ///
    /// A replica that it names without a change is known, except by a change of a time before its data was made
    /// anew: whatever that one said is in the data, and its writer may write nothing any more.
    private func isToHave(_ number: CSN) -> Bool {
        if newest[number.serverID] != nil { return true }
        guard silent.contains(number.serverID) else { return false }
        guard let begun, let time = number.time else { return true }
        return time >= begun
    }

    /// Those of the form that the numbers of `other` have: 389's, or OpenLDAP's.
    package func ofProduct(of other: ContextCSN) -> ContextCSN {
        let areOf389 = !other.silent.isEmpty || other.numbers.contains { $0.time != nil }
        return ContextCSN(numbers.filter { ($0.time != nil) == areOf389 })
    }

    /// Whether it has everything that `other` has: for each server id at least as new a change.
    ///
    /// A server whose numbers are older than those seen before lags behind, or has lost writes.
    package func isNotOlder(than other: ContextCSN) -> Bool {
        other.newest.allSatisfy { id, seen in newest[id].map { $0 >= seen } ?? false }
    }
}
