/// A simple bind (RFC 4511, 4.2) written and read by hand, so that fixtures need no client.
enum SimpleBind {
    /// The result code; nil when nobody answers on the port.
    static func result(port: UInt16, dn: String, password: String) -> Int32? {
        guard let socket = LoopbackSocket.connected(to: port),
            socket.write(request(dn: dn, password: password)),
            socket.isReadable(within: 10_000),
            let answer = socket.read(upTo: 4_096)
        else { return nil }
        return resultCode(of: answer)
    }

    private static func request(dn: String, password: String) -> [UInt8] {
        let version: [UInt8] = [0x02, 0x01, 0x03]
        let operation = Wire.element(
            0x60,
            version + Wire.element(0x04, Array(dn.utf8)) + Wire.element(0x80, Array(password.utf8)))
        return Wire.element(0x30, [0x02, 0x01, 0x01] + operation)
    }

    /// The first ENUMERATED of the answer is its result code.
    private static func resultCode(of answer: [UInt8]) -> Int32? {
        guard let start = answer.firstIndex(of: 0x61),
            let code = answer[start...].firstIndex(of: 0x0a), answer.count > code + 2
        else { return nil }
        return Int32(answer[code + 2])
    }
}
