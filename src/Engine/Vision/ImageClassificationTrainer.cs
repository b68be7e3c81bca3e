using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Vision;

/// <summary>Trains a softmax layer on the features that a frozen ONNX network has of encoded images.</summary>
public sealed partial class ImageClassificationTrainer
    : TrainerEstimatorBase<MulticlassPredictionTransformer<ImageClassificationModelParameters>, ImageClassificationModelParameters>
{
    private readonly TrainerInfo _info = new(needNormalization: false, wantCaching: false);
    private readonly Options _options;

    internal ImageClassificationTrainer(MLContext context, Options options)
        : base(context, new(Images(options.FeatureColumnName), TrainerColumns.KeyLabel(options.LabelColumnName), default))
    {
        options.Verify();
        _options = options;
    }

    public override TrainerInfo Info => _info;

    /// <summary>Where ONNX files are looked for; null is everywhere that they may lie.</summary>
    internal IReadOnlyList<string>? BackboneFolders { get; set; }

    /// <summary>Trains with rows that validate, in place of those of the options.</summary>
    public MulticlassPredictionTransformer<ImageClassificationModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        FitFrom(trainData, validationData);

    private protected override MulticlassPredictionTransformer<ImageClassificationModelParameters> Train(IDataView data, object? start)
    {
        var labels = LabelKeys.Of(data.Schema[LabelColumn.Name]);
        if (labels.Count < 2)
            throw new InvalidOperationException($"The label column '{LabelColumn.Name}' has {labels.Count} class: at least two are needed.");
        using var channel = ((IChannelProvider)Context).Start(nameof(ImageClassificationTrainer));
        var validation = (IDataView?)start ?? _options.ValidationSet;
        var reader = validation is null ? null : ReaderOf(validation, labels.Count);
        CheckStopping(reader is not null);
        var backbone = Backbone.Load(BackboneFile.Find(_options.Arch, BackboneFolders ?? BackboneFile.Folders(_options.WorkspacePath)), _options.Arch == Architecture.MobilenetV2 ? 224 : 299);
        // Drawn in any case, so that the weights at the start do not depend on what is cached.
        var (splitting, starting) = (Context.NewRandom(), Context.NewRandom());
        var (rows, judged) = ReadRows(backbone, new(data, FeatureColumn.Name, LabelColumn.Name), reader, splitting, channel);
        var layer = SoftmaxLayer.Start(labels.Count, rows.Features, starting);
        new SoftmaxTraining(_options, Reporter(channel)).Run(layer, rows, judged);
        return new(Finish(backbone, layer), data.Schema[FeatureColumn.Name], labels, _options.ScoreColumnName, _options.PredictedLabelColumnName);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
        OutputShapes.Multiclass(input.Find(LabelColumn.Name, "label"), _options.ScoreColumnName, _options.PredictedLabelColumnName);

    private static SchemaShape.Column Images(string name)
    {
        Check.Name(name, "featureColumnName");
        return new(name, VectorKind.VariableVector, NumberDataViewType.Byte, false);
    }

    private BottleneckReader ReaderOf(IDataView validation, int classes)
    {
        Verify(SchemaShape.Create(validation.Schema));
        int count = LabelKeys.Of(validation.Schema[LabelColumn.Name]).Count;
        return count == classes
            ? new(validation, FeatureColumn.Name, LabelColumn.Name)
            : throw new InvalidOperationException(
                $"The label column '{LabelColumn.Name}' has {classes} classes in the training rows and {count} in the validation rows: map both with one fitted MapValueToKey.");
    }

    private void CheckStopping(bool hasValidationSet)
    {
        if (_options.EarlyStoppingCriteria is not null && !hasValidationSet && _options.ValidationSetFraction is null && !_options.TestOnTrainSet)
        {
            throw new InvalidOperationException(
                "Early stopping needs rows that validate, and there are none: give a ValidationSet or a ValidationSetFraction, or set EarlyStoppingCriteria to null.");
        }
    }

    private (BottleneckSet Train, BottleneckSet? Validation) ReadRows(
        Backbone backbone, BottleneckReader train, BottleneckReader? validation, Random random, IChannel channel)
    {
        byte[] model = backbone.Model.ToByteArray();
        using var network = new ImageNetwork(model, backbone.Input, ImageNetwork.Settings(Context));
        return new BottleneckRows(network, Convert.ToHexStringLower(SHA256.HashData(model)), _options, Reporter(channel), channel).Bring(train, validation, random);
    }

    private ImageClassificationModelParameters Finish(Backbone backbone, SoftmaxLayer layer)
    {
        byte[] model = backbone.With(layer, DefaultColumns.Score);
        if (_options.WorkspacePath is { } folder)
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(Path.Combine(folder, $"{_options.FinalModelPrefix}{BackboneFile.NameOf(_options.Arch)}.onnx"), stream => stream.Write(model));
        }
        return new(new ImageNetwork(model, backbone.Input, ImageNetwork.Settings(Context)), layer.Classes);
    }

    private Action<ImageClassificationMetrics> Reporter(IChannel channel) =>
        _options.MetricsCallback ?? (metrics => channel.Trace(MessageSensitivity.None, metrics.ToString()));
}
