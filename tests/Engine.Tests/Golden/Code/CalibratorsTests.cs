using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Golden.Code;

/// <summary>The cases of calibrators that are C# code.</summary>
[TestFixture]
public class CalibratorsTests() : CodeCases("calibrators")
{
    [TestCase("averaged-perceptron-platt-parameters")]
    public void Platt_Code_Agrees(string id) => Agree(id, ml => Facts(ml.BinaryClassification.Calibrators.Platt().Fit(Scores(ml))));

    [TestCase("averaged-perceptron-isotonic-parameters")]
    public void Isotonic_Code_Agrees(string id) => Agree(id, ml => Facts(ml.BinaryClassification.Calibrators.Isotonic().Fit(Scores(ml))));

    [TestCase("averaged-perceptron-naive-parameters")]
    public void Naive_Code_Agrees(string id) => Agree(id, ml => Facts(ml.BinaryClassification.Calibrators.Naive().Fit(Scores(ml))));

    [TestCase("metrics-after-calibration")]
    public void MetricsAfterCalibration_Code_Agrees(string id) => Agree(id, ml =>
    {
        var o = Scores(ml);
        return new object[]
        {
            Dump.Members(ml.BinaryClassification.Evaluate(ml.BinaryClassification.Calibrators.Platt().Fit(o).Transform(o))),
            Dump.Members(ml.BinaryClassification.Evaluate(ml.BinaryClassification.Calibrators.Isotonic().Fit(o).Transform(o))),
            Dump.Members(ml.BinaryClassification.Evaluate(ml.BinaryClassification.Calibrators.Naive().Fit(o).Transform(o))),
        };
    });

    [TestCase("platt-missing-score")]
    public void PlattMissingScore_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D2", ml);
        return ml.BinaryClassification.Calibrators.Platt().Fit(v).Transform(v).Schema.Count;
    });

    private static IDataView Scores(MLContext ml)
    {
        var v = Load("D2", ml);
        return ml.BinaryClassification.Trainers
            .AveragedPerceptron(new AveragedPerceptronTrainer.Options { Shuffle = false, NumberOfIterations = 3 }).Fit(v).Transform(v);
    }

    // As the golden files describe calibrators: their properties.
    private static Dictionary<string, object?> Facts(IPredictionTransformer<ICalibrator> transformer)
    {
        var facts = new Dictionary<string, object?> { ["type"] = transformer.Model.GetType().Name };
        foreach (var property in transformer.Model.GetType().GetProperties())
            facts[property.Name] = property.GetValue(transformer.Model);
        return facts;
    }
}
