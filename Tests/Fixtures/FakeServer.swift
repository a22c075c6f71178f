internal import Foundation
internal import Synchronization

/// A server that answers each request with what the test says, right or wrong.
///
/// It takes every bind, and reads one request at a time.
package final class FakeServer: Sendable {
    /// The operation's tag (0x63 is a search) and how many of these came before it, to the
    /// operations of the answer.
    package typealias Answers = @Sendable (_ tag: UInt8, _ before: Int) -> [[UInt8]]

    private final class Flag: Sendable {
        let isClosed = Mutex(false)
    }

    package let port: UInt16
    private let flag = Flag()

    package init(_ answers: @escaping Answers) throws {
        guard let listener = LoopbackSocket.listening(on: 0) else {
            throw FixtureError("the fake server cannot listen")
        }
        port = listener.port
        let flag = flag
        Thread.detachNewThread {
            while !flag.isClosed.withLock({ $0 }) {
                guard listener.isReadable(within: 20), let client = listener.accept() else {
                    continue
                }
                Self.serve(client, flag, answers)
            }
        }
    }

    deinit {
        flag.isClosed.withLock { $0 = true }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }

    private static func serve(_ client: LoopbackSocket, _ flag: Flag, _ answers: Answers) {
        var before: [UInt8: Int] = [:]
        while !flag.isClosed.withLock({ $0 }) {
            guard client.isReadable(within: 20) else { continue }
            guard let bytes = client.read(upTo: 65_536), let request = Wire.request(bytes) else {
                return
            }
            let count = before[request.tag, default: 0]
            before[request.tag] = count + 1
            let operations =
                request.tag == 0x60
                ? [Wire.result(0x61, 0)] : answers(request.tag, count)
            guard client.write(operations.flatMap { Wire.message(request.id, $0) }) else { return }
        }
    }
}
