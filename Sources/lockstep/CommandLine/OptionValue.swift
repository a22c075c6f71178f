internal import Ground
internal import Identity
internal import Store

/// A type that an option or argument can have.
protocol OptionValue: Sendable {
    /// nil when the value is of another type, which the description rules out.
    static func taken(from value: ParsedValue) -> Self?
}

extension Bool: OptionValue {
    static func taken(from value: ParsedValue) -> Bool? { value == .flag }
}

extension String: OptionValue {
    static func taken(from value: ParsedValue) -> String? {
        guard case .text(let text) = value else { return nil }
        return text
    }
}

extension Int64: OptionValue {
    static func taken(from value: ParsedValue) -> Int64? {
        guard case .number(let number) = value else { return nil }
        return number
    }
}

extension ProcessID: OptionValue {
    static func taken(from value: ParsedValue) -> ProcessID? {
        Int64.taken(from: value).map(ProcessID.init(rawValue:))
    }
}

extension Timestamp: OptionValue {
    static func taken(from value: ParsedValue) -> Timestamp? {
        guard case .time(let time) = value else { return nil }
        return time
    }
}

extension AuditHead: OptionValue {
    static func taken(from value: ParsedValue) -> AuditHead? {
        guard case .head(let head) = value else { return nil }
        return head
    }
}

extension OptionValue where Self: RawRepresentable, RawValue == String {
    static func taken(from value: ParsedValue) -> Self? {
        String.taken(from: value).flatMap { Self(rawValue: $0) }
    }
}

extension DirectoryName: OptionValue {}
extension UserState: OptionValue {}
extension CredentialState: OptionValue {}
extension CredentialKind: OptionValue {}
extension CertificateState: OptionValue {}
extension RevocationReason: OptionValue {}
extension LogFormat: OptionValue {}
extension Shell: OptionValue {}
extension ManualName: OptionValue {}
extension CompletionKind: OptionValue {}
