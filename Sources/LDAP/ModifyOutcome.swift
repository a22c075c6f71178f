/// What a server's answer to a modify says about the wish behind it.
package enum ModifyOutcome: Hashable, Sendable {
    /// The server says that it did it.
    case done
    /// What was to be deleted is not there: done, once a re-read shows it.
    case alreadyAbsent
    /// What was to be added is there: done, once a re-read shows it.
    case alreadyPresent
    /// This server takes no writes: the next one may, else later.
    case notWritableHere
    /// The entry has vanished or can't be seen.
    case noSuchObject
    /// A group's last member, or another rule of the schema.
    case objectClassViolation
    /// The entry at this DN is not the one that was meant (RFC 4528).
    case assertionFailed
    /// Down, busy or slow: the same again, later.
    case passing
    /// Somebody has to change something first.
    case lasting
}
