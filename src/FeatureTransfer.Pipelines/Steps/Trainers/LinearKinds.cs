using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The linear models, and the support vector machines.</summary>
internal static class LinearKinds
{
    public static IReadOnlyList<ITrainerKind> All { get; } =
    [
        .. ByLbfgs(),
        .. BySdca(),
        new TrainerKind<AveragedPerceptronStep>("AveragedPerceptron", "The averaged perceptron", OnlineOptions.Of(() => new AveragedPerceptronStep())
                .Add("lossFunction", LossFormats.Classification, s => s.LossFunction, (s, v) => s with { LossFunction = v }, "What is minimised: ML.NET's class by its name; null is the logistic loss"))
            .Binary((MLContext ml, AveragedPerceptronTrainer.Options o) => ml.BinaryClassification.Trainers.AveragedPerceptron(ByLogLoss(o))),
        new TrainerKind<LinearSvmStep>("LinearSvm", "The linear support vector machine", SvmOptions.Linear)
            .Binary((MLContext ml, LinearSvmTrainer.Options o) => ml.BinaryClassification.Trainers.LinearSvm(o)),
        new TrainerKind<LdSvmStep>("LdSvm", "The locally deep support vector machine: a tree of linear ones", SvmOptions.LocallyDeep)
            .Binary((MLContext ml, LdSvmTrainer.Options o) => ml.BinaryClassification.Trainers.LdSvm(o)),
        new TrainerKind<SgdCalibratedStep>("SgdCalibrated", "Logistic regression by stochastic gradient descent", SgdOptions.Of(() => new SgdCalibratedStep()))
            .Binary((MLContext ml, SgdCalibratedTrainer.Options o) => ml.BinaryClassification.Trainers.SgdCalibrated(o)),
        new TrainerKind<SgdNonCalibratedStep>("SgdNonCalibrated", "Linear classification by stochastic gradient descent; its scores are no probabilities", SgdOptions.Of(() => new SgdNonCalibratedStep())
                .Add("lossFunction", LossFormats.Classification, s => s.LossFunction, (s, v) => s with { LossFunction = v }, "What is minimised: ML.NET's class by its name; null is the logistic loss"))
            .Binary((MLContext ml, SgdNonCalibratedTrainer.Options o) => ml.BinaryClassification.Trainers.SgdNonCalibrated(o)),
        new TrainerKind<OnlineGradientDescentStep>("OnlineGradientDescent", "Linear regression by gradient descent, row by row; normalize the features first", OnlineOptions.Of(() => new OnlineGradientDescentStep())
                .Add("lossFunction", LossFormats.Regression, s => s.LossFunction, (s, v) => s with { LossFunction = v }, "What is minimised: ML.NET's class by its name; null is the square of the error"))
            .Regression((MLContext ml, OnlineGradientDescentTrainer.Options o) => ml.Regression.Trainers.OnlineGradientDescent(o)),
    ];

    // ML.NET's method takes this loss, its option class the hinge loss: a step is what the method is.
    private static AveragedPerceptronTrainer.Options ByLogLoss(AveragedPerceptronTrainer.Options options)
    {
        options.LossFunction ??= new LogLoss();
        return options;
    }

    private static IEnumerable<ITrainerKind> ByLbfgs() =>
    [
        new TrainerKind<LbfgsMaximumEntropyStep>("LbfgsMaximumEntropy", "Multinomial logistic regression", LbfgsOptions.Of(() => new LbfgsMaximumEntropyStep()))
            .Multiclass((MLContext ml, LbfgsMaximumEntropyMulticlassTrainer.Options o) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(o)),
        new TrainerKind<LbfgsLogisticRegressionStep>("LbfgsLogisticRegression", "Logistic regression", LbfgsOptions.Of(() => new LbfgsLogisticRegressionStep()))
            .Binary((MLContext ml, LbfgsLogisticRegressionBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(o)),
        new TrainerKind<LbfgsPoissonRegressionStep>("LbfgsPoissonRegression", "Regression of counts, by the Poisson distribution", LbfgsOptions.Of(() => new LbfgsPoissonRegressionStep()))
            .Regression((MLContext ml, LbfgsPoissonRegressionTrainer.Options o) => ml.Regression.Trainers.LbfgsPoissonRegression(o)),
    ];

    private static IEnumerable<ITrainerKind> BySdca() =>
    [
        new TrainerKind<SdcaMaximumEntropyStep>("SdcaMaximumEntropy", "Multinomial logistic regression by stochastic dual coordinate ascent", SdcaOptions.Of(() => new SdcaMaximumEntropyStep()))
            .Multiclass((MLContext ml, SdcaMaximumEntropyMulticlassTrainer.Options o) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(o)),
        new TrainerKind<SdcaNonCalibratedStep>(
            "SdcaNonCalibrated",
            "Linear classification by stochastic dual coordinate ascent; its scores are no probabilities",
            SdcaOptions.Of(() => new SdcaNonCalibratedStep())
                .Add("positiveInstanceWeight", StepOptions.Penalty, s => s.PositiveInstanceWeight, (s, v) => s with { PositiveInstanceWeight = v }, StepOptions.PositiveText + "; with two classes")
                .Add("lossFunction", LossFormats.Classification, s => s.LossFunction, (s, v) => s with { LossFunction = v }, "What is minimised: ML.NET's class by its name; null is the logistic loss"))
            .Multiclass((MLContext ml, SdcaNonCalibratedMulticlassTrainer.Options o) => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(o))
            .Binary((MLContext ml, SdcaNonCalibratedBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.SdcaNonCalibrated(o)),
        new TrainerKind<SdcaLogisticRegressionStep>(
            "SdcaLogisticRegression",
            "Logistic regression by stochastic dual coordinate ascent",
            SdcaOptions.Of(() => new SdcaLogisticRegressionStep())
                .Add("positiveInstanceWeight", StepOptions.Penalty, s => s.PositiveInstanceWeight, (s, v) => s with { PositiveInstanceWeight = v }, StepOptions.PositiveText))
            .Binary((MLContext ml, SdcaLogisticRegressionBinaryTrainer.Options o) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(o)),
        new TrainerKind<SdcaStep>("Sdca", "Linear regression by stochastic dual coordinate ascent", SdcaOptions.Of(() => new SdcaStep()))
            .Regression((MLContext ml, SdcaRegressionTrainer.Options o) => ml.Regression.Trainers.Sdca(o)),
    ];
}
