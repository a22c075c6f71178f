internal import LDAP

/// A cookie of OpenLDAP, and an entry that was seen with a write no newer than it.
///
/// A server that was put back to an older state takes the cookie as soon as it has written anything
/// newer, and tells nothing of what was undone: but the entry's own number has gone back.
struct WitnessedCookie: Equatable {
    struct Witness: Equatable {
        let id: EntryID
        let csn: CSN
    }

    /// What the server is given.
    let cookie: [UInt8]
    /// nil: the server has told of no entry yet.
    let witness: Witness?

    private static let mark = UInt8(ascii: "\n")

    init(_ cookie: [UInt8], witness: Witness?) {
        self.cookie = cookie
        self.witness = witness
    }

    /// As it is stored.
    init(stored octets: [UInt8]) {
        let parts = octets.split(
            separator: Self.mark, maxSplits: 2, omittingEmptySubsequences: false)
        cookie = Array(parts.first ?? [])
        let words = parts.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        witness =
            words.count == 2
            ? CSN(words[1]).map { Witness(id: EntryID(words[0]), csn: $0) } : nil
    }

    var stored: [UInt8] {
        guard let witness else { return cookie }
        return cookie + [Self.mark] + witness.id.text.utf8 + [Self.mark] + witness.csn.text.utf8
    }

    var parsed: SyncCookie? { SyncCookie(cookie) }
}
