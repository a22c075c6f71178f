internal import Foundation
internal import Synchronization

/// A relay on 127.0.0.1 that can cut or stall its connections, at once or after a number of bytes.
///
/// Counts what the server sends; a new connection starts with the fault that is set then. The server may
/// stand in a network of its own, on the same port of each one that it is started in.
package final class TCPProxy: Sendable {
    package enum Fault: Sendable, Equatable {
        case none
        /// Both directions stand still, the connections stay open.
        case stall
        /// Connections are closed.
        case cut
    }

    private struct State {
        var fault = Fault.none
        /// What comes once the server has sent that many bytes more.
        var later: (fault: Fault, bytes: Int)?
        var isClosed = false
        var sent = 0
        /// Where the server is, when it is not where the proxy listens.
        var network: NetworkNamespace?
    }

    package let port: UInt16
    private let state: SharedState

    private final class SharedState: Sendable {
        let value = Mutex(State())
    }

    private enum Target {
        case port(UInt16)
        case path(String)

        func connected() -> LoopbackSocket? {
            switch self {
            case .port(let port): .connected(to: port)
            case .path(let path): .connected(toPath: path)
            }
        }

        /// The file of a socket is there a moment before its owner listens.
        func reached() -> LoopbackSocket? {
            guard case .path = self else { return connected() }
            for _ in 0..<1_000 {
                if let socket = connected() { return socket }
                usleep(5_000)
            }
            return nil
        }
    }

    package convenience init(to port: UInt16) throws { try self.init(.port(port)) }

    /// To a server behind a socket in the file system.
    package convenience init(toPath path: String) throws { try self.init(.path(path)) }

    private init(_ target: Target) throws {
        guard let listener = LoopbackSocket.listening(on: 0) else {
            throw FixtureError("the proxy cannot listen")
        }
        port = listener.port
        let state = SharedState()
        self.state = state
        Thread.detachNewThread { Self.accept(listener, target, state) }
    }

    deinit {
        state.value.withLock { $0.isClosed = true }
    }

    /// From now on, connects to the server in this network.
    package func serve(_ network: NetworkNamespace) {
        state.value.withLock { $0.network = network }
    }

    package var url: String { "ldap://127.0.0.1:\(port)" }

    /// Bytes that the server has sent, over all connections.
    package var bytesFromServer: Int { state.value.withLock { $0.sent } }

    package func set(_ fault: Fault) {
        state.value.withLock {
            $0.fault = fault
            $0.later = nil
        }
    }

    /// Lets exactly `bytes` more through from the server first.
    package func set(_ fault: Fault, afterBytes bytes: Int) {
        state.value.withLock { $0.later = (fault, bytes) }
    }

    private static func accept(_ listener: LoopbackSocket, _ target: Target, _ state: SharedState) {
        var entered: NetworkNamespace?
        listener.takeConnections(until: state.value.withLock { $0.isClosed }) { client in
            let network = state.value.withLock { $0.network }
            // A thread's own matter: the listener stays in the network in which it was made.
            if let network, network !== entered, network.enter() { entered = network }
            guard let server = target.reached() else { return }
            Thread.detachNewThread { relay(client, server, state) }
        }
    }

    /// Ends, and closes both, when either side has ended or a fault cuts them.
    private static func relay(
        _ client: LoopbackSocket, _ server: LoopbackSocket, _ state: SharedState
    ) {
        while true {
            let (fault, isClosed) = state.value.withLock { ($0.fault, $0.isClosed) }
            if isClosed || fault == .cut { return }
            guard fault == .none else {
                Thread.sleep(forTimeInterval: 0.005)
                continue
            }
            let (fromClient, fromServer) = LoopbackSocket.readable(client, server, within: 5)
            if fromClient {
                guard let bytes = client.read(upTo: 65_536), server.write(bytes) else { return }
            }
            if fromServer {
                guard let bytes = server.read(upTo: allowance(state)) else { return }
                guard client.write(bytes) else { return }
                count(bytes.count, state)
            }
        }
    }

    private static func allowance(_ state: SharedState) -> Int {
        state.value.withLock { min(65_536, max(1, $0.later?.bytes ?? 65_536)) }
    }

    private static func count(_ bytes: Int, _ state: SharedState) {
        state.value.withLock {
            $0.sent += bytes
            guard let later = $0.later else { return }
            $0.later = (later.fault, later.bytes - bytes)
            if later.bytes <= bytes {
                $0.fault = later.fault
                $0.later = nil
            }
        }
    }
}
