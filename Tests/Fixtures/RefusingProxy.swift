internal import Foundation
internal import Synchronization

/// A relay on 127.0.0.1 to a real server that reads the requests, and from one of them on answers
/// itself instead of the server, without TLS.
package final class RefusingProxy: Sendable {
    /// The requests that it counts and fails (RFC 4511, 4.2 to 4.10); binds always pass.
    package enum Request: UInt8, Sendable {
        case search = 0x63
        case modify = 0x66

        /// SearchResultDone, ModifyResponse.
        fileprivate var answer: UInt8 {
            switch self {
            case .search: 0x65
            case .modify: 0x67
            }
        }
    }

    package enum Fault: Sendable, Hashable {
        /// A result with this code.
        case code(UInt8)
        /// The connection is closed instead of an answer.
        case loss
        /// There is never an answer.
        case silence
    }

    private struct State {
        var kind = Request.search
        var fault: Fault?
        /// How many still pass.
        var passing = 0
        var count = 0
        var isClosed = false
    }

    private final class SharedState: Sendable {
        let value = Mutex(State())
    }

    package let port: UInt16
    private let state: SharedState

    package init(to target: UInt16) throws {
        guard let listener = LoopbackSocket.listening(on: 0) else {
            throw FixtureError("the proxy cannot listen")
        }
        port = listener.port
        let state = SharedState()
        self.state = state
        Thread.detachNewThread {
            listener.takeConnections(until: state.value.withLock { $0.isClosed }) { client in
                guard let server = LoopbackSocket.connected(to: target) else { return }
                Thread.detachNewThread { Self.relay(client, server, state) }
            }
        }
    }

    deinit {
        state.value.withLock { $0.isClosed = true }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }

    /// Requests of the kind that came since the last `fail` or `pass`.
    package var count: Int { state.value.withLock { $0.count } }

    /// Counts anew, and fails what comes after the first `passing` of this kind, on any connection.
    package func fail(_ kind: Request, after passing: Int, by fault: Fault) {
        state.value.withLock {
            $0.kind = kind
            $0.fault = fault
            $0.passing = passing
            $0.count = 0
        }
    }

    /// Counts these anew, and fails none.
    package func pass(_ kind: Request) {
        state.value.withLock {
            $0.kind = kind
            $0.fault = nil
            $0.count = 0
        }
    }

    private static func relay(
        _ client: LoopbackSocket, _ server: LoopbackSocket, _ state: SharedState
    ) {
        // Whole messages alone are passed on, so that an answer of ours stands between two.
        var asked: [UInt8] = []
        var answered: [UInt8] = []
        while !state.value.withLock({ $0.isClosed }) {
            let (fromClient, fromServer) = LoopbackSocket.readable(client, server, within: 5)
            if fromClient {
                guard let bytes = client.read(upTo: 65_536) else { return }
                asked += bytes
                requests: while true {
                    let request: [UInt8]
                    switch Wire.takeMessage(from: &asked) {
                    case .whole(let message): request = message
                    case .incomplete: break requests
                    case .other: return
                    }
                    switch fault(for: request, state) {
                    case nil: guard server.write(request) else { return }
                    case .loss: return
                    case .silence: break
                    case .code(let code): guard client.write(refusal(request, code)) else { return }
                    }
                }
            }
            if fromServer {
                guard let bytes = server.read(upTo: 65_536) else { return }
                answered += bytes
                while case .whole(let answer) = Wire.takeMessage(from: &answered) {
                    guard client.write(answer) else { return }
                }
            }
        }
    }

    private static func fault(for request: [UInt8], _ state: SharedState) -> Fault? {
        guard let kind = Wire.request(request).flatMap({ Request(rawValue: $0.tag) }) else {
            return nil
        }
        return state.value.withLock {
            guard $0.kind == kind else { return nil }
            $0.count += 1
            return $0.count > $0.passing ? $0.fault : nil
        }
    }

    private static func refusal(_ request: [UInt8], _ code: UInt8) -> [UInt8] {
        guard let (id, tag) = Wire.request(request), let kind = Request(rawValue: tag) else {
            return []
        }
        return Wire.message(id, Wire.result(kind.answer, code))
    }
}
