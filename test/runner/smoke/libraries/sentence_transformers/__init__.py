from .SentenceTransformer import SentenceTransformer

__all__ = ["SentenceTransformer"]
