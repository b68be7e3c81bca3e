namespace LibVips;

/// <summary>libvips refused an operation; the message is its own text.</summary>
public sealed class VipsException(string message) : Exception(message);
