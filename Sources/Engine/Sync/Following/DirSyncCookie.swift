/// How far DirSync has told, on one controller.
struct DirSyncCookie: Equatable {
    private static let mark = UInt8(ascii: "\n")

    var numbers: ChangeNumberCookie
    /// Deletions were told up to here.
    var seesDeletions: Bool
    /// The controller's own cookie.
    var round: [UInt8]

    init(numbers: ChangeNumberCookie, seesDeletions: Bool, round: [UInt8]) {
        self.numbers = numbers
        self.seesDeletions = seesDeletions
        self.round = round
    }

    init?(_ octets: [UInt8]) {
        let parts = octets.split(
            separator: Self.mark, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let numbers = ChangeNumberCookie(Array(parts[0])) else {
            return nil
        }
        self.numbers = numbers
        seesDeletions = parts[1].elementsEqual("told".utf8)
        round = Array(parts[2])
    }

    var octets: [UInt8] {
        numbers.octets + [Self.mark] + Array((seesDeletions ? "told" : "swept").utf8) + [Self.mark]
            + round
    }
}
