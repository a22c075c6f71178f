internal import Authority
internal import Ground
internal import Store

/// One list of revoked certificates, read and believed.
struct ListReading: ~Copyable {
    let list: RevocationList
    /// What is kept of it.
    let kept: AuthorityTable.List

    /// `known`: the same list as it was read last; one that is older than that is not believed.
    init(
        _ source: RevocationList.Source, of authority: IssuingAuthority,
        after known: AuthorityTable.List?, now: Timestamp, within limit: Duration,
        watch: RequestWatch, isStopped: (() -> Bool)? = nil
    ) throws(ExchangeFailure) {
        watch.begin?("the list of \(authority.name), \(source.text)")
        defer { watch.end?() }
        let list = try RevocationList.fetch(
            source, issuer: authority.certificate, trust: authority.trust, now: now.seconds,
            within: limit, isStopped: isStopped)
        let kept = AuthorityTable.List(
            source: source.text, number: list.number,
            thisUpdate: Timestamp(seconds: list.thisUpdate),
            nextUpdate: list.nextUpdate.map { Timestamp(seconds: $0) }, readAt: now)
        if let known { try Self.require(kept, notBefore: known) }
        self.kept = kept
        self.list = list
    }

    /// Somebody who can put an old list there could hide a revocation by it.
    private static func require(
        _ list: AuthorityTable.List, notBefore known: AuthorityTable.List
    ) throws(ExchangeFailure) {
        guard list.thisUpdate >= known.thisUpdate else {
            throw .unusable(
                "\(list.source): the list went back: it is of \(list.thisUpdate.rfc3339), and one of "
                    + "\(known.thisUpdate.rfc3339) was read before")
        }
        guard let before = known.number else { return }
        guard let number = list.number else {
            throw .unusable(
                "\(list.source): the list has no number, and one with the number \(before) was read "
                    + "before")
        }
        guard !precedes(number, before) else {
            throw .unusable(
                "\(list.source): the list went back: its number is \(number), and \(before) was read "
                    + "before")
        }
    }

    /// Hexadecimal numbers of any length.
    private static func precedes(_ number: String, _ other: String) -> Bool {
        let (first, second) = (number.drop { $0 == "0" }, other.drop { $0 == "0" })
        return first.count == second.count ? first < second : first.count < second.count
    }
}
