region                = "eu-central-1"
authorizer_lambda_arn = "arn:aws:lambda:eu-central-1:123456789012:function:decide"
routes = {
  orders  = { path = "orders", fields = ["id", "total"] }
  refunds = { path = "refunds", fields = [], keyed = true }
  reports = { path = "reports", fields = [], delay = 3 }
}
