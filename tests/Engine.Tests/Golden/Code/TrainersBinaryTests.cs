using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Golden.Code;

/// <summary>The cases of these trainers that are C# code.</summary>
[TestFixture]
public class TrainersBinaryTests() : CodeCases("trainers-binary")
{
    [TestCase("options-defaults")]
    public void OptionsDefaults_Code_Agrees(string id) => Agree(id, (_, expected) => OptionsDefaults.Differences(expected));

    [TestCase("change-threshold")]
    public void ChangeThreshold_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D2", ml);
        var m = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }).Fit(v);
        var m2 = ml.BinaryClassification.ChangeModelThreshold(m, 1f);
        return new
        {
            before = m.Transform(v).GetColumn<bool>("PredictedLabel").Count(x => x),
            after = m2.Transform(v).GetColumn<bool>("PredictedLabel").Count(x => x),
            scoresAbove1 = m.Transform(v).GetColumn<float>("Score").Count(x => x > 1),
        };
    });
}
