/// Why a step is not done: the directory's result code and its own words.
package struct StepError: Hashable, Sendable {
    package let code: Int32
    package let message: String

    package init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }
}
