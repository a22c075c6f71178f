/// Why a fixture could not be set up; a test that meets it fails, it is never skipped.
package struct FixtureError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
