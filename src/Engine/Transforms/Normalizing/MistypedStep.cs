using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>
/// A step whose input has items of another type than its transformer was fitted on. The schema can be asked for, as in
/// ML.NET; reading says what is wrong.
/// </summary>
internal sealed class MistypedStep(DataViewSchema.Column input, string output, DataViewType fitted)
    : MapStep([new(output, fitted, null)], input.Index)
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => throw new InvalidOperationException(
        $"Column '{input.Name}' is of type {input.Type}; the transformer was fitted on {fitted}. Convert it first, with Conversion.ConvertType.");
}
