using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Predictions of models: scores, and what is decided by them.</summary>
internal static class PredictionExport
{
    public static void Export(OnnxExport export, ISingleFeaturePredictionTransformer<object> predictor, DataViewSchema input)
    {
        string x = export.Value(Check.Column(input, predictor.FeatureColumnName, "feature"));
        var predicted = predictor.GetOutputSchema(input).GetColumnOrNull(DefaultColumns.PredictedLabel);
        string score = ModelExport.Score(export.Graph, predictor.Model, x);
        export.Set(DefaultColumns.Score, score);
        if (predictor is IThresholdPrediction decision)
            Decide(export, predictor.Model, score, decision.Threshold);
        else if (predicted?.Type is KeyDataViewType key)
            export.SetKeys(DefaultColumns.PredictedLabel, Best(export.Graph, score, ModelExport.IsDistance(predictor.Model)), key);
    }

    /// <summary>The probability by Platt's calibration.</summary>
    public static string Probability(OnnxGraph graph, PlattCalibrator calibrator, string score)
    {
        string scaled = graph.Add("Mul", [score, graph.Scalar((float)-calibrator.Slope)]);
        return graph.Add("Sigmoid", [graph.Add("Sub", [scaled, graph.Scalar((float)calibrator.Offset)])]);
    }

    private static void Decide(OnnxExport export, object model, string score, float threshold)
    {
        export.Set(DefaultColumns.PredictedLabel, export.Graph.Add("Greater", [score, export.Graph.Scalar(threshold)]));
        if (model is IProbabilisticModel calibrated)
            export.Set(DefaultColumns.Probability, ModelExport.Probability(export.Graph, calibrated, score));
    }

    // The key of the best score; none where the scores are not numbers.
    private static string Best(OnnxGraph graph, string score, bool isDistance)
    {
        string best = graph.Add(isDistance ? "ArgMin" : "ArgMax", [score], OnnxGraph.Attribute("axis", 1), OnnxGraph.Attribute("keepdims", 1));
        string key = graph.Add("Add", [best, graph.Scalar(1L)]);
        string first = graph.Add("Gather", [score, graph.Constant<long>([0], 1)], OnnxGraph.Attribute("axis", 1));
        return graph.Add("Where", [graph.Add("IsNaN", [first]), graph.Scalar(0L), key]);
    }
}
