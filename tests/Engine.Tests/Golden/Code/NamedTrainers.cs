using System.Text.Json;
using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>
/// The trainers that the notes of cases name, with the settings that definitions.json says. Called by name, so that a
/// trainer that the engine lacks shows as that.
/// </summary>
internal static class NamedTrainers
{
    private static readonly Dictionary<string, string> _calls = new()
    {
        ["lbfgs-multiclass"] = """{"call":"MulticlassClassification.Trainers.LbfgsMaximumEntropy"}""",
        ["sdca-multiclass"] = """
            {"call":"MulticlassClassification.Trainers.SdcaMaximumEntropy","args":{"options":{
                "$new":"SdcaMaximumEntropyMulticlassTrainer.Options","NumberOfThreads":1,"MaximumNumberOfIterations":20}}}
            """,
        ["naive-bayes"] = """{"call":"MulticlassClassification.Trainers.NaiveBayes"}""",
        ["ova-averaged-perceptron"] = """
            {"call":"MulticlassClassification.Trainers.OneVersusAll","args":{
                "binaryEstimator":{"$call":"BinaryClassification.Trainers.AveragedPerceptron"}}}
            """,
        ["lbfgs"] = Binary("LbfgsLogisticRegression"),
        ["sdca"] = """
            {"call":"BinaryClassification.Trainers.SdcaLogisticRegression","args":{"options":{
                "$new":"SdcaLogisticRegressionBinaryTrainer.Options","LabelColumnName":"Bool",
                "NumberOfThreads":1,"MaximumNumberOfIterations":20}}}
            """,
        ["averaged-perceptron"] = Binary("AveragedPerceptron"),
        ["linear-svm"] = Binary("LinearSvm"),
        ["sgd"] = Binary("SgdCalibrated"),
        ["prior"] = Binary("Prior"),
        ["fast-tree"] = Binary("FastTree"),
        ["fast-forest"] = Binary("FastForest"),
        ["gam"] = Binary("Gam"),
    };

    public static IEstimator<ITransformer> Create(string name, MLContext ml)
    {
        using var json = JsonDocument.Parse(_calls[name]);
        return (IEstimator<ITransformer>)Calls.Invoke(json.RootElement, "call", ml)!;
    }

    private static string Binary(string name) =>
        $$"""{"call":"BinaryClassification.Trainers.{{name}}", "args":{"labelColumnName":"Bool"} }""";
}
