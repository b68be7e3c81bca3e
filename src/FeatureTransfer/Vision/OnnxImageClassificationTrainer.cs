using FeatureTransfer.FineTuning;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Vision;

/// <summary>
/// Trains a softmax layer on the features that an ONNX backbone has of images, by plain gradient descent, as ML.NET's
/// <c>ImageClassificationTrainer</c> does on TensorFlow; and, where it is asked to, layers of the backbone with it.
/// </summary>
public sealed class OnnxImageClassificationTrainer : ITrainerEstimator<FineTunedTransformer, OnnxModel>
{
    private readonly FeatureTransferServices _services;

    internal OnnxImageClassificationTrainer(OnnxImageClassificationOptions options, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Options, _services) = (options, services ?? FeatureTransferServices.Default);
    }

    /// <summary>What is trained, and how.</summary>
    public OnnxImageClassificationOptions Options { get; }

    /// <summary>No normalized features are needed, and rows are read once.</summary>
    /// <remarks>The class has no public constructor; this is the information of a trainer of ML.NET's of which the same is true.</remarks>
    public TrainerInfo Info { get; } = new MLContext().MulticlassClassification.Trainers.NaiveBayes().Info;

    /// <summary>Trains; the rows that judge are those of the options.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer, the rows or the checkpoint do not fit, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped before anything was learned that could be kept.</exception>
    public FineTunedTransformer Fit(IDataView input) => Train(input, Options.ValidationSet);

    /// <summary>Trains with rows to judge by, in place of those of the options.</summary>
    /// <param name="trainData">The rows that teach.</param>
    /// <param name="validationData">The rows that judge; their label has the same classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer, the rows or the checkpoint do not fit, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped before anything was learned that could be kept.</exception>
    public FineTunedTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Train(trainData, validationData);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Estimator(Options.ValidationSet is not null, null).GetOutputSchema(inputSchema);

    private FineTunedTransformer Train(IDataView rows, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckClasses(rows.Schema);
        var reporter = Options.MetricsCallback is { } tell ? new MetricsReporter(tell, Options.TestOnTrainSet, Options.BatchSize) : null;
        var trained = Estimator(validation is not null, reporter).Fit(rows, validation);
        if (Options.WorkspacePath is { } folder)
        {
            Directory.CreateDirectory(folder);
            trained.SaveOnnx(Path.Combine(folder, $"{Options.FinalModelPrefix}{trained.BackboneId}.onnx"));
        }

        return trained;
    }

    private FineTuneEstimator Estimator(bool separateValidation, ITuningObserver? observer) =>
        new(FineTuneTask.Multiclass, Options.ToFineTuning(separateValidation), _services, null, observer);

    private void CheckClasses(DataViewSchema schema)
    {
        if (schema.GetColumnOrNull(Options.LabelColumnName)?.Type is KeyDataViewType { Count: 1 })
            throw new FeatureTransferException($"OnnxImageClassification: the label column '{Options.LabelColumnName}' has one class. Expected two or more.");
    }
}
