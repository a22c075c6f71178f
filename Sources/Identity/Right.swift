/// What an operator may be allowed to do.
package enum Right: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case reactivate
    case unlock
    case approve
    case force
    case release
    case `import`
}
