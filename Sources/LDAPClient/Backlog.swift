/// What came for one request while the answer to another was waited for.
///
/// libldap keeps such messages itself, without any bound, when it is asked for one request's answer.
/// So it is asked for whatever comes (LDAP_RES_ANY), and what is not wanted yet is kept here.
struct Backlog {
    /// More than the page that is read ahead, of users with certificates, comes to.
    static let most: UInt64 = 64 << 20

    /// A message can't be copied, and so can't stand in an array itself.
    private final class Kept {
        private var message: Message?
        let octets: UInt64

        init(_ message: consuming Message, octets: UInt64) {
            self.message = consume message
            self.octets = octets
        }

        func take() -> Message? { message.take() }
    }

    private struct Line {
        var messages: [Kept] = []
        var next = 0
    }

    private var lines: [Int32: Line] = [:]
    /// Of all that is kept.
    private(set) var octets: UInt64 = 0

    mutating func keep(_ message: consuming Message, of request: Int32, octets: UInt64) {
        // A message costs more than its octets.
        let kept = Kept(message, octets: octets + 256)
        lines[request, default: Line()].messages.append(kept)
        self.octets += kept.octets
    }

    /// The first that came for the request; nil where none is kept.
    mutating func take(_ request: Int32) -> Message? {
        guard !lines.isEmpty, let line = lines[request] else { return nil }
        let kept = line.messages[line.next]
        octets -= kept.octets
        if line.next + 1 == line.messages.count {
            lines[request] = nil
        } else {
            lines[request]?.next += 1
        }
        return kept.take()
    }

    func has(_ request: Int32) -> Bool { lines[request] != nil }

    /// Nobody will ask for the request's messages any more.
    mutating func forget(_ request: Int32) {
        guard let line = lines.removeValue(forKey: request) else { return }
        octets -= line.messages[line.next...].reduce(0) { $0 + $1.octets }
    }
}
