enum Alignment: Sendable {
    case left
    case right
}
