/// A search filter (RFC 4515) as a value: it can only be made well-formed and escaped.
package indirect enum Filter: Hashable, Sendable, CustomStringConvertible {
    case and([Filter])
    case or([Filter])
    case not(Filter)
    case present(AttributeName)
    case equal(AttributeName, AttributeValue)
    case greaterOrEqual(AttributeName, AttributeValue)
    case lessOrEqual(AttributeName, AttributeValue)
    case approximate(AttributeName, AttributeValue)
    case substrings(AttributeName, initial: AttributeValue?, any: [AttributeValue], final: AttributeValue?)
    /// `attribute:dn:rule:=value`; each of the first three may be absent.
    case extensible(AttributeName?, dn: Bool, rule: String?, AttributeValue)

    /// nil unless `text` is a filter of RFC 4515.
    package init?(_ text: String) {
        return nil
    }

    /// The filter as RFC 4515 writes it, every value escaped.
    package var description: String { "" }
}
