import Testing

@Suite struct Directory389PromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .directoryServer389)
    }
}
