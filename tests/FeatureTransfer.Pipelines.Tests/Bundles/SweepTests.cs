namespace FeatureTransfer.Pipelines.Tests.Bundles;

public class SweepTests
{
    private readonly ExportFolder _folder = new(120);
    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task Sweep()
    {
        const string E = """{ "type": "ExtractFeatures", "backbone": "small.onnx", "pooling": "none", "layers": ["shifted"] }, """;
        const string K = """{ "type": "MapValueToKey", "output": "Label" }, """;
        var list = new List<(string Label, string Steps)>();
        foreach (var t in "LbfgsMaximumEntropy SdcaMaximumEntropy SdcaNonCalibrated NaiveBayes LightGbm KNearestNeighbours NearestCentroid RidgeClassifier LinearSvc LinearProbe".Split(' '))
            list.Add(("label", E + K + $$"""{ "type": "{{t}}" }"""));
        list.Add(("label", E + K + """{ "type": "OneVersusAll", "binaryEstimator": { "type": "AveragedPerceptron" } }"""));
        list.Add(("label", E + K + """{ "type": "OneVersusAll", "binaryEstimator": { "type": "LbfgsLogisticRegression" } }"""));
        list.Add(("label", E + K + """{ "type": "OneVersusAll", "binaryEstimator": { "type": "FastTree" } }"""));
        list.Add(("label", E + K + """{ "type": "PairwiseCoupling", "binaryEstimator": { "type": "LinearSvm" } }"""));
        foreach (var n in "NormalizeMeanVariance NormalizeMinMax NormalizeLogMeanVariance NormalizeBinning NormalizeRobustScaling NormalizeLpNorm NormalizeGlobalContrast ProjectToPrincipalComponents SelectFeaturesBasedOnCount SelectFeaturesBasedOnMutualInformation ReplaceMissingValues IndicateMissingValues".Split(' '))
            list.Add(("label", E + K + $$"""{ "type": "{{n}}", "output": "Features"{{(n.StartsWith("Proj") ? ", \"rank\": 5" : "")}} }, { "type": "LbfgsMaximumEntropy" }"""));
        foreach (var t in "LbfgsLogisticRegression SdcaLogisticRegression SdcaNonCalibrated AveragedPerceptron LinearSvm LdSvm SgdCalibrated SgdNonCalibrated FastTree FastForest Gam LightGbm Prior".Split(' '))
            list.Add(("flag", E + $$"""{ "type": "{{t}}" }"""));
        foreach (var t in "LbfgsPoissonRegression Sdca OnlineGradientDescent FastTree FastForest Gam LightGbm FastTreeTweedie".Split(' '))
            list.Add(("number", E + $$"""{ "type": "{{t}}" }"""));
        list.Add(("label", K + """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 1, "epochs": 1 }"""));
        list.Add(("label", K + """{ "type": "ImageClassification", "backbone": "small.onnx", "epoch": 2 }"""));
        list.Add(("flag", """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 1, "epochs": 1 }"""));
        list.Add(("number", """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 1, "epochs": 1 }"""));
        list.Add(("both", """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 1, "epochs": 1 }"""));
        list.Add(("label", E + K + """{ "type": "Concatenate", "output": "Features", "inputs": ["Features", "weight", "width"] }, { "type": "LbfgsMaximumEntropy" }"""));
        list.Add(("label", K + """{ "type": "Concatenate", "output": "Features", "inputs": ["weight", "width"] }, { "type": "LightGbm" }"""));
        list.Add(("label", E + E.Replace("\"pooling\": \"none\", \"layers\": [\"shifted\"]", "\"output\": \"More\", \"preprocessing\": { \"channels\": \"bgr\", \"mean\": [0.1, 0.2, 0.3], \"std\": [0.5, 0.6, 0.7] }") + K + """{ "type": "Concatenate", "output": "Features", "inputs": ["Features", "More"] }, { "type": "NormalizeMeanVariance", "output": "Features" }, { "type": "LbfgsMaximumEntropy" }"""));
        var text = $$"""{ "type": "ExtractFeatures", "input": "words", "backbone": "{{_folder.TextCard}}" }, """;
        list.Add(("label", text + K + """{ "type": "LbfgsMaximumEntropy" }"""));
        list.Add(("label", """{ "type": "FeaturizeText", "output": "Features", "inputs": ["words"] }, """ + K + """{ "type": "LbfgsMaximumEntropy" }"""));
        list.Add(("label", """{ "type": "OneHotEncoding", "output": "Features", "input": "words" }, """ + K + """{ "type": "LbfgsMaximumEntropy" }"""));
        list.Add(("label", E + K + """{ "type": "Gate", "cheap": [{ "type": "LbfgsMaximumEntropy" }], "costly": [{ "type": "LightGbm" }] }"""));
        list.Add(("label", E + K + """{ "type": "Ensemble", "models": [[{ "type": "LbfgsMaximumEntropy" }], [{ "type": "LightGbm" }]] }"""));
        var only = Environment.GetEnvironmentVariable("ONLY");
        foreach (var (label, steps) in list.Where(c => only is null || only.Split(',').Any(o => c.Steps.Contains(o))))
        {
            var name = $"{label}: {steps.Replace(E, "E ").Replace(K, "K ")}";
            try
            {
                var texts = steps.Contains("\"words\"") ? "\"texts\": [\"words\"], " : "";
                using var bundle = await _folder.TrainAsync(steps, label, texts + "\"numbers\": [\"weight\", \"width\"]");
                var path = _folder.PathOf("whole.onnx");
                bundle.ExportOnnx(path, new() { Snippets = true });
                var expected = bundle.PredictTable(_folder.PathOf("rows.csv"));
                (List<float[]> Scores, List<string> Labels) many = ([], []), one = _folder.Run(path, 1);
                string fixedBatch = "";
                try { many = _folder.Run(path, 7); } catch (Exception e) { many = one; fixedBatch = "BATCH FAILS " + e.Message[..Math.Min(200, e.Message.Length)]; }
                var worst = many.Scores.Zip(expected).Max(p => p.First.Zip(p.Second.Scores).Max(q => Math.Abs(q.First - q.Second)));
                var worst1 = one.Scores.Zip(expected).Max(p => p.First.Zip(p.Second.Scores).Max(q => Math.Abs(q.First - q.Second)));
                var scale = expected.SelectMany(p => p.Scores).Max(Math.Abs);
                var wrong = many.Labels.Zip(expected).Count(p => p.First != p.Second.Label);
                TestContext.Progress.WriteLine($"{(worst > 1e-4 || wrong > 0 ? "BAD " : "ok  ")} {worst:0.0e0} {worst1:0.0e0} of {scale:0.0} wrong {wrong}/{many.Labels.Count} {fixedBatch} {name}");
            }
            catch (Exception exception)
            {
                if (steps.Contains("ProjectTo")) TestContext.Progress.WriteLine("EXC " + string.Join(";; ", FeatureTransfer.Onnx.OnnxModel.Load(_folder.PathOf("whole.onnx")).Proto.Graph.Node.Select(n => $"{n.OpType}({string.Join(",", n.Input)})->{string.Join(",", n.Output)}")));
                TestContext.Progress.WriteLine($"EXC  {name}: {exception.GetType().Name} {exception.Message} {(exception is FeatureTransferException ? "" : exception.StackTrace)}");
            }
        }
    }
}
