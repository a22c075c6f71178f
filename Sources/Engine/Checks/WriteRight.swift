/// Whether the bind DN may write one attribute of one entry.
enum WriteRight: Hashable {
    case granted
    /// The server's answer.
    case denied(String)
    /// The right is there, and the server would still refuse that value; its answer.
    case refused(String)
    /// Nothing here could find it out; why.
    case unknown(String)
}
