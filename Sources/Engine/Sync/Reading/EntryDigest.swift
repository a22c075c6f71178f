internal import Configuration
internal import Crypto
internal import LDAP

/// SHA-256 over all that was read of an entry, and over what the configuration makes of it.
///
/// Equal digests mean that nothing would be stored anew. Attributes count in an order of ours, so
/// that two servers of one directory agree; their values as the server orders them, because the
/// first of several is the one that counts.
///
/// One for each thread: the room that it works in is its own.
final class EntryDigest {
    private let seed: [UInt8]
    private var image: EntryImage

    /// `rules` is all of the configuration that decides what becomes of an entry.
    init(attributes: [AttributeName], rules: String) {
        seed = SHA256.hash(rules)
        image = EntryImage(of: attributes)
    }

    /// `account` is what the dialect made of the entry at this time.
    func digest(_ entry: Entry, disabled: Bool?) -> [UInt8] {
        image.make(of: entry, after: seed, disabled.map { $0 ? 1 : 0 } ?? 2)
        return SHA256.hash(image.octets)
    }
}
