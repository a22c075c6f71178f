internal import Configuration
internal import Crypto
internal import LDAP

/// SHA-256 over all that was read of an entry, and over what the configuration makes of it.
///
/// Equal digests mean that nothing would be stored anew. Attributes count in an order of ours, so
/// that two servers of one directory agree; their values as the server orders them, because the
/// first of several is the one that counts.
struct EntryDigest {
    private let attributes: [AttributeName]
    private let seed: [UInt8]
    private var octets: [UInt8] = []

    /// `rules` is all of the configuration that decides what becomes of an entry.
    init(attributes: [AttributeName], rules: String) {
        self.attributes = attributes
        seed = SHA256.hash(rules)
    }

    /// `account` is what the dialect made of the entry at this time.
    mutating func digest(_ entry: Entry, disabled: Bool?) -> [UInt8] {
        octets.removeAll(keepingCapacity: true)
        octets += seed
        octets.append(disabled.map { $0 ? 1 : 0 } ?? 2)
        append(entry.dn.text.utf8)
        for name in attributes {
            let values = entry.values(of: name)
            append(count: values.count)
            for index in values.startIndex..<values.endIndex {
                let value = values[index].octets
                append(count: value.count)
                octets.append(contentsOf: value)
            }
        }
        return SHA256.hash(octets)
    }

    private mutating func append(_ text: String.UTF8View) {
        append(count: text.count)
        octets += text
    }

    private mutating func append(count: Int) {
        var rest = UInt64(count)
        repeat {
            octets.append(UInt8(truncatingIfNeeded: rest) & 0x7f | (rest > 0x7f ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
    }
}
