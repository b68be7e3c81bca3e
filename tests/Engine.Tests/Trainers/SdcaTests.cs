using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Trainers;

/// <summary>Dual coordinate ascent against L-BFGS, and its options.</summary>
[TestFixture]
public class SdcaTests
{
    private readonly MLContext _ml = new(1);
    private readonly TrainerRows.Row[] _rows = TrainerRows.Draw();

    private IDataView View => _ml.View(_rows);

    [Test]
    public void SdcaLogisticRegression_TightTolerance_FindsWhatLbfgsFinds()
    {
        // The bias of L-BFGS is free; a large rate nearly frees this one's.
        var sdca = Fit(o => (o.L2Regularization, o.BiasLearningRate) = (0.01f, 1000));
        var lbfgs = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 0.01f * _rows.Length).Fit(View);

        Assert.That(TrainerRows.Gap(sdca.Scores(View), lbfgs.Scores(View)), Is.LessThan(0.02));
    }

    [Test]
    public void SdcaRegression_Defaults_FitsTheLine()
    {
        var model = _ml.Regression.Trainers.Sdca("Value").Fit(View);

        Assert.That(_ml.Regression.Evaluate(model.Transform(View), "Value").RSquared, Is.GreaterThan(0.9));
    }

    [Test]
    public void SdcaMaximumEntropy_TwoClasses_AgreesWithBinary()
    {
        var rows = _rows.Select(r => new TwoClasses { Features = r.Features, Label = r.Label ? 1u : 0u });
        var view = _ml.Data.LoadFromEnumerable(rows);
        var classes = _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { L2Regularization = 0.02f, ConvergenceTolerance = 1e-6f, MaximumNumberOfIterations = 2000 }).Fit(view);
        // Two vectors share what one holds: twice the regularisation gives the same difference of scores.
        var binary = Fit(o => o.L2Regularization = 0.01f);
        var probabilities = binary.Transform(View).GetColumn<float>("Probability").ToArray();

        Assert.That(TrainerRows.Gap([.. classes.ClassScores(view).Select(s => s[1])], probabilities), Is.LessThan(0.01));
    }

    [Test]
    public void SdcaLogisticRegression_L1_ShrinksWeightsToZero()
    {
        var plain = Fit(o => o.L2Regularization = 0.01f).Model.SubModel.Weights;
        var weak = Fit(o => (o.L2Regularization, o.L1Regularization) = (0.01f, 3f)).Model.SubModel.Weights;
        var strong = Fit(o => (o.L2Regularization, o.L1Regularization) = (0.01f, 10f)).Model.SubModel.Weights;

        Assert.Multiple(() =>
        {
            Assert.That(weak.Sum(Math.Abs), Is.GreaterThan(0).And.LessThan(plain.Sum(Math.Abs)));
            Assert.That(strong, Is.All.EqualTo(0f));
        });
    }

    [Test]
    public void SdcaLogisticRegression_PositiveWeight_RaisesScores()
    {
        float plain = Fit(o => o.L2Regularization = 0.01f).Scores(View).Average();
        float weighted = Fit(o => (o.L2Regularization, o.PositiveInstanceWeight) = (0.01f, 5)).Scores(View).Average();

        Assert.That(weighted, Is.GreaterThan(plain + 0.5f));
    }

    [Test]
    public void SdcaLogisticRegression_SameSeed_SameModel()
    {
        float[] Weights() => [.. new MLContext(7).BinaryClassification.Trainers.SdcaLogisticRegression().Fit(View).Model.SubModel.Weights];

        float[] first = Weights();
        Assert.That(Weights(), Is.EqualTo(first));
    }

    [Test]
    public void SdcaNonCalibrated_Hinge_SeparatesTheClasses()
    {
        var model = _ml.BinaryClassification.Trainers.SdcaNonCalibrated(lossFunction: new SmoothedHingeLoss()).Fit(View);

        Assert.That(_ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(View)).Accuracy, Is.GreaterThan(0.8));
    }

    private BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>> Fit(
        Action<SdcaLogisticRegressionBinaryTrainer.Options> set)
    {
        var options = new SdcaLogisticRegressionBinaryTrainer.Options { ConvergenceTolerance = 1e-6f, MaximumNumberOfIterations = 2000 };
        set(options);
        return _ml.BinaryClassification.Trainers.SdcaLogisticRegression(options).Fit(View);
    }

    private sealed class TwoClasses
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
