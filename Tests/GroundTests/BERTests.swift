import Ground
import Testing

@Suite struct BERTests {
    @Test(arguments: [0, 1, 127, 128, 255, 256, 65_535, 65_536])
    func `an element of any length is read as it was written`(count: Int) {
        let content = [UInt8](repeating: 7, count: count)
        let bytes = BER.element(BER.octetString, content) + [0x01]
        let found = BER.content(bytes[...], tag: BER.octetString)
        #expect(found.map { Array($0.content) } == content)
        #expect(found.map { Array($0.rest) } == [0x01])
    }

    @Test(
        arguments: [
            (0, [0x02, 0x01, 0x00]), (127, [0x02, 0x01, 0x7f]), (128, [0x02, 0x02, 0x00, 0x80]),
            (1000, [0x02, 0x02, 0x03, 0xe8]),
        ] as [(Int, [UInt8])])
    func `a number has no sign by mistake`(number: Int, bytes: [UInt8]) {
        #expect(BER.integer(number) == bytes)
    }

    @Test(
        arguments: [
            [], [0x04], [0x04, 0x02, 0x01], [0x04, 0x81], [0x04, 0x82, 0x01],
            [0x04, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00],
        ] as [[UInt8]])
    func `of an element that has not come in full more is waited for`(bytes: [UInt8]) {
        guard case .incomplete = BER.first(in: bytes[...], tag: BER.octetString) else {
            Issue.record("\(bytes)")
            return
        }
        #expect(BER.content(bytes[...], tag: BER.octetString) == nil)
    }

    @Test(
        arguments: [
            [0x05, 0x00], [0x30, 0x00],
            // The indefinite length, and one of five octets.
            [0x04, 0x80, 0x00, 0x00], [0x04, 0x85, 0x00, 0x00, 0x00, 0x00, 0x00],
        ] as [[UInt8]])
    func `something else than was looked for is no element`(bytes: [UInt8]) {
        guard case .other = BER.first(in: bytes[...], tag: BER.octetString) else {
            Issue.record("\(bytes)")
            return
        }
    }

    @Test func `the fields of a sequence are read one after the other`() {
        let fields: [UInt8] =
            BER.element(BER.enumerated, [3]) + BER.element(BER.boolean, [0xff])
            + BER.element(BER.octetString, [1, 2])
        var reader = BERReader(BER.element(BER.sequence, fields), tag: BER.sequence)
        #expect(reader?.octets() == nil)
        #expect(reader?.enumerated() == 3)
        #expect(reader?.boolean(standard: false) == true)
        #expect(reader?.boolean(standard: true) == true)
        #expect(reader?.octets() == [1, 2])
        #expect(reader?.isAtEnd == true)
    }

    @Test func `a sequence with something behind it is none`() {
        #expect(BERReader(BER.element(BER.sequence, []) + [0], tag: BER.sequence) == nil)
    }

    @Test func `a boolean of two octets is none`() {
        var reader = BERReader([0x01, 0x02, 0xff, 0xff])
        #expect(reader.boolean(standard: true) == nil)
    }
}
