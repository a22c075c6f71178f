internal import Crypto
package import LDAP

/// Sixteen octets that stand for a member of a group: of a DN, or of a `uid` that `memberUid` names.
///
/// The first half of the SHA-256 of the normalised DN, or of `uid:` and the value.
package struct MemberKey: Hashable, Comparable, Sendable {
    /// Big-endian, so that keys sort as their octets do.
    private let high: UInt64
    private let low: UInt64

    package init(_ dn: DN, by folding: Folding = .apart) {
        var hash = SHA256()
        hash.update(folding.key(dn))
        self.init(&hash)
    }

    /// The same key of a name that is in normal form: no letter of it is folded in two ways.
    package init(_ name: NormalName) {
        var hash = SHA256()
        hash.update(name.octets)
        self.init(&hash)
    }

    /// The key of an entry that `memberUid` may name, in any case, as `uid` itself is compared.
    ///
    /// `memberUid` has an exact rule (RFC 2307, 2.2), and whoever looks a login up takes any case: a
    /// membership that is overlooked is worse than one too many.
    package init(uid: [UInt8], by folding: Folding = .apart) {
        var hash = SHA256()
        hash.update("uid:")
        let isFolded = uid.allSatisfy { (0x21..<0x7f).contains($0) && !(0x41...0x5a).contains($0) }
        if !isFolded, let text = String(validating: uid, as: UTF8.self) {
            hash.update(folding.key(text))
        } else {
            hash.update(uid)
        }
        self.init(&hash)
    }

    /// What `withOctets` gave.
    init(_ octets: UnsafeRawBufferPointer) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in 0..<min(octets.count, 16) {
            let octet = UInt64(unsafe octets[index])
            if index < 8 { high = high << 8 | octet } else { low = low << 8 | octet }
        }
        self.high = high
        self.low = low
    }

    private init(_ hash: inout SHA256) {
        (high, low) = hash.finishHalf()
    }

    /// The key's sixteen octets, nowhere but in there.
    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { unsafe body($0) }
    }

    package static func < (left: MemberKey, right: MemberKey) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
