import Testing

@Suite struct SambaPromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .samba)
    }
}
