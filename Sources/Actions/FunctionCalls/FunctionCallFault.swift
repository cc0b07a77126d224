/// What BFCL's AST checker finds wrong with a model's function calls; the raw value is its `error_type`.
///
/// Source: bfcl-eval 2026.3.23, `eval_checker/ast_eval/ast_checker.py` and `eval_runner.py`.
package enum FunctionCallFault: String, Error, Sendable {
    case wrongOutputFormat = "ast_decoder:decoder_wrong_output_format"
    case simpleWrongCount = "simple_function_checker:wrong_count"
    case multipleWrongCount = "multiple_function_checker:wrong_count"
    case parallelWrongCount = "parallel_function_checker_no_order:wrong_count"
    case cannotFindMatch = "parallel_function_checker_no_order:cannot_find_match"
    case wrongFunctionName = "simple_function_checker:wrong_func_name"
    case missingRequired = "simple_function_checker:missing_required"
    case unexpectedParameter = "simple_function_checker:unexpected_param"
    case missingOptional = "simple_function_checker:missing_optional"
    case simpleType = "type_error:simple"
    case nestedType = "type_error:nested"
    case otherValue = "value_error:others"
    case stringValue = "value_error:string"
    case listValue = "value_error:list/tuple"
    case dictKey = "value_error:dict_key"
    case dictValue = "value_error:dict_value"
    case listDictCount = "value_error:list_dict_count"
    case dictUnclear = "dict_checker:unclear"
    case listDictUnclear = "list_dict_checker:unclear"
    case missedCall = "relevance_error:decoder_failed"
    case uncalledForCall = "irrelevance_error:decoder_success"

    // BFCL's own checker has no answer to these: it raises an exception.

    /// A category whose values are Java's or JavaScript's source text; only Python-typed ones are judged.
    case language = "checker_error:language"
    /// The function's description lacks what the checker looks up, or names a type it does not know.
    case description = "checker_error:description"
    /// The possible answers are not of the form the checker expects.
    case answers = "checker_error:possible_answers"
}
