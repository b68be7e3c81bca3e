using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Batching;

namespace FeatureTransfer.Server.Requests;

/// <summary>What is asked of a model.</summary>
/// <param name="Queue">Where items wait for their answers.</param>
/// <param name="Form">Makes a reply of an answer and the name of its item.</param>
internal sealed record Question<TResult>(Batcher<BundleItem, TResult> Queue, Func<TResult, string?, Reply> Form);

/// <summary>What is replied about one item.</summary>
/// <param name="Value">The value, as JSON has it.</param>
/// <param name="Error">Why there is no answer; null where there is one.</param>
internal sealed record Reply(object Value, string? Error);

/// <summary>The features of one item, as JSON has them.</summary>
/// <param name="Input">What the request calls it.</param>
/// <param name="Embedding">The features.</param>
/// <param name="Error">Why there are none.</param>
internal sealed record Features(string? Input, float[]? Embedding, string? Error);
