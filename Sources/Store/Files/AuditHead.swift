internal import Ground

/// The end of the audit chain: the last event's sequence and hash.
///
/// Written `SEQUENCE:HASH`, the hash as 64 hexadecimal digits in lower case.
package struct AuditHead: Hashable, Sendable, CustomStringConvertible {
    package let sequence: Int64
    /// 32 octets.
    package let hash: [UInt8]

    package init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

    /// nil unless `text` is a sequence from 1 on, a colon, and 64 hexadecimal digits in any case.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0,
            parts[1].utf8.count == 64, let hash = [UInt8](hexadecimal: parts[1].utf8)
        else { return nil }
        self.init(sequence: sequence, hash: hash)
    }

    package var description: String { "\(sequence):\(String(hexadecimal: hash))" }
}
