internal import Foundation
internal import Glibc
internal import Synchronization

/// A web server on 127.0.0.1 that answers each request with what the test says, right or wrong.
package final class HTTPDoor: Sendable {
    package struct Request: Sendable {
        package let method: String
        package let path: String
        package let body: [UInt8]
    }

    package struct Response: Sendable {
        fileprivate let beginning: [UInt8]
        /// Written again and again for as long as somebody takes it; empty: nothing more.
        fileprivate let endless: [UInt8]

        package init(status: String = "200 OK", type: String, body: [UInt8]) {
            let head =
                "HTTP/1.0 \(status)\r\nContent-Type: \(type)\r\n"
                + "Content-Length: \(body.count)\r\n\r\n"
            beginning = Array(head.utf8) + body
            endless = []
        }

        /// One without an end; `then` may be empty, which is silence after the beginning.
        package init(beginning: String, then: String) {
            self.beginning = Array(beginning.utf8)
            endless = then.isEmpty ? [0] : Array(then.utf8)
        }

        fileprivate func write(to client: LoopbackSocket) {
            guard client.write(beginning) else { return }
            // Silence lasts until the other side has gone.
            if endless == [0] { _ = client.read(upTo: 1) }
            while !endless.isEmpty, client.write(endless) { usleep(1_000) }
        }
    }

    /// nil: the connection is closed without an answer.
    package typealias Answers = @Sendable (Request) -> Response?

    package let port: UInt16
    private let isClosed = Flag()
    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    package init(_ answers: @escaping Answers) throws {
        guard let listener = LoopbackSocket.listening(on: 0) else {
            throw FixtureError("the door cannot listen")
        }
        port = listener.port
        let flag = isClosed
        Thread.detachNewThread {
            listener.takeConnections(until: flag.value.withLock { $0 }) { client in
                Thread.detachNewThread { Self.serve(client, answers) }
            }
        }
    }

    deinit {
        isClosed.value.withLock { $0 = true }
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    private static func serve(_ client: LoopbackSocket, _ answers: Answers) {
        var bytes: [UInt8] = []
        while true {
            if let request = request(in: bytes) {
                answers(request)?.write(to: client)
                return
            }
            guard let more = client.read(upTo: 65_536) else { return }
            bytes += more
        }
    }

    /// nil until all of it is there.
    private static func request(in bytes: [UInt8]) -> Request? {
        guard let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        let length = lines.compactMap { line -> Int? in
            guard line.lowercased().hasPrefix("content-length:") else { return nil }
            return Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces))
        }
        let body = Array(bytes[end.upperBound...])
        guard words.count == 3, body.count >= length.first ?? 0 else { return nil }
        return Request(method: words[0], path: words[1], body: body)
    }
}
