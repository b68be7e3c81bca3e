using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public static partial class StandardTrainersCatalog
{
    public static AveragedPerceptronTrainer AveragedPerceptron(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, AveragedPerceptronTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog.Context, options);
    }

    public static AveragedPerceptronTrainer AveragedPerceptron(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumns.Label,
        string featureColumnName = DefaultColumns.Features,
        IClassificationLoss? lossFunction = null,
        float learningRate = 1,
        bool decreaseLearningRate = false,
        float l2Regularization = 0,
        int numberOfIterations = 10)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context, new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            // Unlike the options' null, which is the hinge loss.
            LossFunction = lossFunction ?? new LogLoss(),
            LearningRate = learningRate,
            DecreaseLearningRate = decreaseLearningRate,
            L2Regularization = l2Regularization,
            NumberOfIterations = numberOfIterations,
        });
    }

    public static LinearSvmTrainer LinearSvm(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, LinearSvmTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog.Context, options);
    }

    public static LinearSvmTrainer LinearSvm(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumns.Label,
        string featureColumnName = DefaultColumns.Features,
        string? exampleWeightColumnName = null,
        int numberOfIterations = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context, new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfIterations = numberOfIterations,
        });
    }

    public static OnlineGradientDescentTrainer OnlineGradientDescent(
        this RegressionCatalog.RegressionTrainers catalog, OnlineGradientDescentTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog.Context, options);
    }

    public static OnlineGradientDescentTrainer OnlineGradientDescent(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumns.Label,
        string featureColumnName = DefaultColumns.Features,
        IRegressionLoss? lossFunction = null,
        float learningRate = 0.1f,
        bool decreaseLearningRate = true,
        float l2Regularization = 0,
        int numberOfIterations = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context, new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            LossFunction = lossFunction,
            LearningRate = learningRate,
            DecreaseLearningRate = decreaseLearningRate,
            L2Regularization = l2Regularization,
            NumberOfIterations = numberOfIterations,
        });
    }
}
