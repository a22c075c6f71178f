internal import Ground
internal import LDAP
internal import LDAPClient

/// Our clock against a server's: locks, certificates and Kerberos all believe it.
enum ClockCheck {
    enum ServerTime: Hashable {
        case now(Timestamp)
        /// The server's clock had come as far as this when something was last written.
        case atLeast(Timestamp)
    }

    /// In seconds, of which Kerberos recommends to allow five minutes (RFC 4120, 8.2).
    private static let noticed: Int64 = 5
    private static let most: Int64 = 300

    static func verdict(_ server: ServerTime?, ours: Timestamp) -> CheckVerdict {
        switch server {
        case nil:
            return .notProven(
                "the server does not tell its time; let an NTP service keep both clocks")
        case .atLeast(let written):
            let behind = written.seconds - ours.seconds
            guard behind > noticed else {
                return .ok(
                    "our clock is not behind the server's last write, of \(written.rfc3339); more of "
                        + "its time the server does not tell")
            }
            return judge(
                behind,
                "our clock is at least \(spelled(behind)) behind the server's, whose last "
                    + "write was at \(written.rfc3339)")
        case .now(let theirs):
            let difference = theirs.seconds - ours.seconds
            guard abs(difference) > noticed else {
                return .ok("our clock and the server's are within \(noticed) seconds")
            }
            return judge(
                abs(difference),
                "our clock is \(spelled(abs(difference))) "
                    + (difference > 0 ? "behind" : "ahead of") + " the server's")
        }
    }

    private static func judge(_ seconds: Int64, _ fact: String) -> CheckVerdict {
        let message = fact + ". Let an NTP service keep both."
        return seconds > most ? .failed(message) : .warning(message)
    }

    private static func spelled(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) seconds"
        case ..<7_200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3_600) hours"
        default: "\(seconds / 86_400) days"
        }
    }

    /// What the server says of its time; nil where it says nothing, or not to this bind DN.
    static func serverTime(_ session: borrowing DirectorySession) -> ServerTime? {
        if let place = session.dialect.clock, let dn = DN(place.entry) {
            let attribute = AttributeName(trusted: place.attribute)
            let entry = try? session.read(dn, attributes: [attribute])
            if let time = entry?.first(attribute).flatMap({ Timestamp(generalizedTime: $0) }) {
                return .now(time)
            }
        }
        return lastWrite(session).map { .atLeast($0) }
    }

    private static func lastWrite(_ session: borrowing DirectorySession) -> Timestamp? {
        guard session.dialect.changes == .contextCSN else { return nil }
        let numbers = session.rootDSE.namingContexts.compactMap {
            try? session.connection.contextCSN(of: $0)
        }
        return numbers.flatMap(\.numbers).compactMap {
            Timestamp(generalizedTime: String($0.text.prefix { $0 != "#" }))
        }.max()
    }
}
