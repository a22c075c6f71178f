import Crypto
import Testing

struct SHA256Tests {
    /// FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `a message has its known digest`(message: String, digest: String) {
        #expect(hexadecimal(SHA256.hash(message)) == digest)
        #expect(hexadecimal(SHA256.hash(Array(message.utf8))) == digest)
    }

    @Test func `pieces have the digest of the whole, and the state serves again`() {
        var hash = SHA256()
        for _ in 0..<2 {
            hash.update("ab")
            hash.update([])
            hash.update([0x63])
            #expect(hash.finish() == SHA256.hash("abc"))
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
