import Fixtures
import Sample
import Testing

@testable import Configuration

/// Whatever stands in the file, reading ends with settings or with errors.
@Suite struct FuzzTests {
    private static let bits: [[UInt8]] =
        [
            "{", "}", "[", "]", ":", ": ", "- ", "&a ", "*a ", "!!str ", "\"", "'", "|", ">", "%",
            "@",
            "\n", "\n\n", "\t", " ", "  ", "#", "---\n", "...\n", "<<: ", "? ", "null", "~", "\\",
            "\0", "{now|", "ldap://", "=", ",", "é", "\u{2028}", "\u{FEFF}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]

    @Test(arguments: 1...8)
    func `a mutated sample never crashes the reader`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            var bytes = SampleResource.configuration
            for _ in 0...Int.random(in: 0..<8, using: &random) {
                Self.mutate(&bytes, &random)
            }
            let complaints = Example.complaints(bytes)
            #expect(complaints.allSatisfy { $0.hasPrefix("lockstep.yaml:") || $0.hasPrefix("…") })
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1..<80, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bits.randomElement(using: &random) ?? [], at: place)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: bytes.removeSubrange(place...)
        }
    }
}
