internal import Ground
internal import Store

/// A value from the command line, checked.
enum ParsedValue: Hashable, Sendable {
    case flag
    case text(String)
    case number(Int64)
    case time(Timestamp)
    case head(AuditHead)
}
