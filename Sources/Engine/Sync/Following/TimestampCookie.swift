internal import Ground

/// How far the changes were followed by the entries' `modifyTimestamp`.
struct TimestampCookie: Equatable {
    /// By the server's clock: everything that was changed before is stored; nil: nothing is known.
    var changedBefore: Timestamp?
    /// Our clock, when everything was last read.
    var fullAt: Timestamp

    init(changedBefore: Timestamp?, fullAt: Timestamp) {
        self.changedBefore = changedBefore
        self.fullAt = fullAt
    }

    init?(_ octets: [UInt8]) {
        let parts = String(decoding: octets, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let full = Timestamp(generalizedTime: parts[1]) else { return nil }
        fullAt = full
        guard !parts[0].isEmpty else { return }
        guard let changed = Timestamp(generalizedTime: parts[0]) else { return nil }
        changedBefore = changed
    }

    var octets: [UInt8] {
        Array("\(changedBefore?.generalizedTime ?? "");\(fullAt.generalizedTime)".utf8)
    }
}
