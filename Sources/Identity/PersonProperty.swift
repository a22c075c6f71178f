/// What can make accounts of two directories one person, as `samePerson` names it.
package enum PersonProperty: String, Sendable, CaseIterable {
    case employeeNumber
    case username
    /// People may be able to write their own.
    case mail
}
