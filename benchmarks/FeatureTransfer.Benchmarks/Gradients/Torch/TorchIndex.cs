namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>What PyTorch computed of a network: everything but the seeds, in double precision.</summary>
/// <param name="Torch">Its version.</param>
/// <param name="Inputs">What the network reads.</param>
/// <param name="Labels">One class a row, as probabilities.</param>
/// <param name="Loss">The mean cross-entropy.</param>
/// <param name="Logits">The scores.</param>
/// <param name="Gradients">One a parameter.</param>
internal sealed record TorchIndex(
    string Torch, IReadOnlyList<TorchTensor> Inputs, TorchTensor Labels, double Loss, TorchTensor Logits, IReadOnlyList<TorchTensor> Gradients);
