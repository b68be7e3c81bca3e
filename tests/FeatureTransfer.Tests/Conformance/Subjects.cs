using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>All estimators of ours. A new one adds a line; a test finds by reflection what is missing.</summary>
internal static class Subjects
{
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("ExtractFeatures", typeof(ExtractFeaturesTransformer), (data, services) => new MLContext(1).Transforms.ExtractFeatures(data.Extraction, services), "Features") { Learns = false },
        new("FineTune, multiclass", typeof(FineTunedTransformer), (data, services) => new MLContext(1).MulticlassClassification.Trainers.FineTune(data.FineTuning("Label"), services), "Score"),
        new("FineTune, binary", typeof(FineTunedTransformer), (data, services) => new MLContext(1).BinaryClassification.Trainers.FineTune(data.FineTuning("IsLevel"), services), "Probability"),
        new("FineTune, several labels", typeof(FineTunedTransformer), (data, services) => new MLContext(1).BinaryClassification.Trainers.FineTune(data.FineTuning("Several"), services), "Score"),
        new("FineTune, regression", typeof(FineTunedTransformer), (data, services) => new MLContext(1).Regression.Trainers.FineTune(data.FineTuning("Amount"), services), "Score"),
        new("OnnxImageClassification", typeof(FineTunedTransformer), (data, services) => new MLContext(1).MulticlassClassification.Trainers.OnnxImageClassification(data.Classification, services), "Score"),
        new("Gate", typeof(GateTransformer), (data, services) => new MLContext(1).MulticlassClassification.Trainers.Gate(data.Classifier(1), data.Classifier(2)), "Score") { ReadsImages = false },
        new("Ensemble", typeof(TransformerChain<ITransformer>), (data, services) => new MLContext(1).MulticlassClassification.Trainers.Ensemble([data.Classifier(1), data.Classifier(2)]), "Score") { ReadsImages = false },
        new("RunCascade", typeof(CascadeTransformer), (_, services) => new MLContext(1).Transforms.RunCascade(ChannelMeans(), new() { Value = "means" }, services), "Found") { Learns = false },
        new("KNearestNeighbours", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.KNearestNeighbours(new() { FeatureColumnName = "Several", K = 3 }), "Score", "Several") { ReadsImages = false },
        new("NearestCentroid", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.NearestCentroid(new() { FeatureColumnName = "Several" }), "Score", "Several") { ReadsImages = false },
        new("RidgeClassifier", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.RidgeClassifier(new() { FeatureColumnName = "Several" }), "Score", "Several") { ReadsImages = false },
        new("LinearSvc", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.LinearSvc(new() { FeatureColumnName = "Several" }), "Score", "Several") { ReadsImages = false },
        new("LinearProbe, with logits", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.LinearProbe(new() { FeatureColumnName = "Several", LogitsColumnName = "Logits" }), "Logits", "Several") { ReadsImages = false },
        new("TrAdaBoost", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.TrAdaBoost(new() { FeatureColumnName = "Several", DomainColumnName = "Style", Source = "drawn" }), "Score", "Several") { ReadsImages = false },
        new("SelfTraining", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.SelfTraining(new() { FeatureColumnName = "Several" }), "Score", "Several") { ReadsImages = false },
        new("LabelPropagation", typeof(HeadTransformer), (_, _) => new MLContext(1).MulticlassClassification.Trainers.LabelPropagation(new() { FeatureColumnName = "Several", K = 3 }), "Score", "Several") { ReadsImages = false },
        new("AdaptFeatures", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.AdaptFeatures(new() { FeatureColumnName = "Several", OutputColumnName = "Adapted", DomainColumnName = "Style", Source = "drawn", Target = "photo" }), "Adapted", "Several") { ReadsImages = false },
        new("EraseConcept", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.EraseConcept("Style", "Erased", "Several"), "Erased", "Several") { ReadsImages = false },
        new("ClassDistance", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.ClassDistance(new() { FeatureColumnName = "Several", LabelColumnName = "StyleKey" }), "Distance", "Several") { ReadsImages = false },
        new("ImportanceWeights", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.ImportanceWeights(new() { FeatureColumnName = "Several", DomainColumnName = "Style", Source = "drawn", Target = "photo" }), "Weight", "Style") { ReadsImages = false },
        new("ClassWeights of a key", typeof(TransformerChain<ColumnSelectingTransformer>), (_, _) => new MLContext(1).Transforms.ClassWeights(), "Weight", "Label") { ReadsImages = false },
        new("ClassWeights of text", typeof(ValueMappingTransformer), (_, _) => new MLContext(1).Transforms.ClassWeights(labelColumnName: "Class"), "Weight", "Class") { ReadsImages = false },
        new("NearestNeighbours", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.NearestNeighbours(new() { FeatureColumnName = "Several", NameColumnName = "Class", K = 3 }), "Distances", "Several") { ReadsImages = false },
        new("NearestNeighbours but oneself", typeof(TransformerChain<ITransformer>), (_, _) => new MLContext(1).Transforms.NearestNeighbours(new() { FeatureColumnName = "Several", NameColumnName = "ImagePath", Metric = SimilarityMetric.Euclidean, ExcludeSelf = true }), "Distances") { ReadsImages = false },
    ];

    private static Cascade ChannelMeans() => new(
        [new("image", CascadeKind.Image)],
        new ImagesToTensor("shrink", "image", "pixels", new() { Height = 4, Width = 4 }, CascadeKind.Image),
        new OnnxStage("mean", SmallModels.ChannelMeans(), "pixels", "means", Device.Cpu));
}
