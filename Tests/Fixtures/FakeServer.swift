internal import Foundation
internal import Synchronization

/// A server that answers each request with what the test says, right or wrong.
///
/// It takes every bind, and reads one request at a time.
package final class FakeServer: Sendable {
    /// What it sends over and over again once it has answered a request, until nobody reads it.
    package struct Flood: Sendable {
        let operations: [[UInt8]]
        /// Whose they seem to be.
        let owner: Owner
        /// Milliseconds between two rounds.
        let pause: Int

        package enum Owner: Sendable {
            /// The request that was answered last.
            case request
            /// The first request of all.
            case firstRequest
            /// No request at all, or what a server tells unasked (0).
            case nobody, unasked
        }

        package init(_ operations: [[UInt8]], of owner: Owner = .request, pause: Int = 0) {
            self.operations = operations
            self.owner = owner
            self.pause = pause
        }

        /// Octets that are no message.
        package init(raw: [UInt8], pause: Int) {
            self.init([raw], of: .nobody, pause: pause)
            isRaw = true
        }

        private var isRaw = false

        fileprivate func octets(after request: [UInt8], first: [UInt8]) -> [UInt8] {
            if isRaw { return operations.flatMap(\.self) }
            let id: [UInt8] =
                switch owner {
                case .request: request
                case .firstRequest: first
                case .nobody: [0x7f]
                case .unasked: [0x00]
                }
            return operations.flatMap { Wire.message(id, $0) }
        }
    }

    /// The operation's tag (0x63 is a search) and how many of these came before it, to the
    /// operations of the answer.
    package typealias Answers = @Sendable (_ tag: UInt8, _ before: Int) -> [[UInt8]]

    /// After which request it begins to send for ever; nil: not after this one.
    package typealias Floods = @Sendable (_ tag: UInt8, _ before: Int) -> Flood?

    private final class Flag: Sendable {
        let isClosed = Mutex(false)
    }

    package let port: UInt16
    private let flag = Flag()

    package init(
        flood: @escaping Floods = { _, _ in nil }, _ answers: @escaping Answers
    ) throws {
        guard let listener = LoopbackSocket.listening(on: 0) else {
            throw FixtureError("the fake server cannot listen")
        }
        port = listener.port
        let flag = flag
        Thread.detachNewThread {
            listener.takeConnections(until: flag.isClosed.withLock { $0 }) { client in
                Self.serve(client, flag, flood, answers)
            }
        }
    }

    /// Answers nothing but a bind, and begins to send for ever after the first request.
    package static func flooding(_ flood: Flood) throws -> FakeServer {
        try FakeServer(flood: { tag, _ in tag == 0x60 ? nil : flood }, { _, _ in [] })
    }

    deinit {
        flag.isClosed.withLock { $0 = true }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }

    private static func serve(
        _ client: LoopbackSocket, _ flag: Flag, _ floods: Floods, _ answers: Answers
    ) {
        var before: [UInt8: Int] = [:]
        var first: [UInt8]?
        var received: [UInt8] = []
        while !flag.isClosed.withLock({ $0 }) {
            let bytes: [UInt8]
            switch Wire.takeMessage(from: &received) {
            case .whole(let message): bytes = message
            case .other: return
            case .incomplete:
                guard client.isReadable(within: 20) else { continue }
                guard let more = client.read(upTo: 65_536) else { return }
                received += more
                continue
            }
            guard let request = Wire.request(bytes) else { return }
            let count = before[request.tag, default: 0]
            before[request.tag] = count + 1
            first = first ?? request.id
            let operations =
                request.tag == 0x60 && floods(0x60, count) == nil
                ? [Wire.result(0x61, 0)] : answers(request.tag, count)
            guard client.write(operations.flatMap { Wire.message(request.id, $0) }) else { return }
            guard let flood = floods(request.tag, count) else { continue }
            let octets = flood.octets(after: request.id, first: first ?? request.id)
            while !flag.isClosed.withLock({ $0 }), client.write(octets) {
                if flood.pause > 0 { Thread.sleep(forTimeInterval: Double(flood.pause) / 1_000) }
            }
            return
        }
    }
}
